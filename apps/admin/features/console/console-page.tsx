import 'graphiql/style.css';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearch } from '@tanstack/react-router';
import { GraphiQL } from 'graphiql';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTheme } from '../../../ui/react/theme.ts';
import { GuestDialog } from '../../shell/guest-dialog.tsx';
import { ConfirmMutation } from './confirm-mutation.tsx';
import './console.css';
import { ConsoleControls } from './console-controls.tsx';
import { examples } from './examples.ts';
import { createFetcher, type Operation } from './fetcher.ts';
import { labelEditors } from './label-editors.ts';
import type { EditedOperation } from './saved.ts';
import { useTargets } from './use-targets.ts';

interface Question {
  readonly mutation: Operation;
  answer(isSure: boolean): void;
}

/** GraphiQL on the control plane, and on the API of a tenant as one of its users. */
export function ConsolePage(): ReactNode {
  const { tenant, query, variables = '' } = useSearch({ from: '/console' });
  const targets = useTargets();
  const { chosen: target } = targets;
  const [entering, setEntering] = useState(tenant !== undefined);
  const [question, setQuestion] = useState<Question>();
  const [opened, setOpened] = useState<EditedOperation>(
    query === undefined ? examples.controlPlane[0] : { query, variables },
  );
  // GraphiQL takes what it begins with only: another operation, or another API, is another GraphiQL.
  const [count, setCount] = useState(0);
  const edited = useRef(opened);
  const fetcher = useMemo(
    () => createFetcher(target, (mutation) => new Promise((answer) => setQuestion({ mutation, answer }))),
    [target],
  );
  const theme = useTheme();
  const editors = useRef<HTMLDivElement>(null);
  useEffect(() => (editors.current ? labelEditors(editors.current) : undefined), []);
  const open = (operation: EditedOperation): void => {
    edited.current = operation;
    setOpened(operation);
    setCount(count + 1);
  };
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Mutations are shown once more before they are sent.">
          GraphQL console
        </Header>
      }
    >
      <SpaceBetween size="s">
        <ConsoleControls
          targets={targets.all}
          target={target}
          onTarget={(id) => {
            setOpened(edited.current);
            targets.choose(id);
          }}
          onGuest={() => setEntering(true)}
          onOpen={open}
          edited={() => edited.current}
        />
        <div className="console-editor" ref={editors}>
          <GraphiQL
            key={`${target.id} ${count}`}
            fetcher={fetcher}
            forcedTheme={theme}
            isHeadersEditorEnabled={false}
            shouldPersistHeaders={false}
            defaultEditorToolsVisibility={opened.variables === '' ? false : 'variables'}
            query={opened.query}
            variables={opened.variables}
            onEditQuery={(text) => (edited.current = { ...edited.current, query: text })}
            onEditVariables={(text) => (edited.current = { ...edited.current, variables: text })}
          >
            <GraphiQL.Logo>{target.description}</GraphiQL.Logo>
          </GraphiQL>
        </div>
      </SpaceBetween>
      {entering && (
        <GuestDialog
          slug={tenant}
          onClose={() => setEntering(false)}
          onSignedIn={(guest) => {
            // What was made for the control plane means nothing to a tenant's API.
            if (target.api === 'controlPlane' && query === undefined) open(examples.application[0]);
            else setOpened(edited.current);
            targets.enter(guest);
            setEntering(false);
          }}
        />
      )}
      {question && (
        <ConfirmMutation
          mutation={question.mutation}
          target={target}
          onAnswer={(isSure) => {
            question.answer(isSure);
            setQuestion(undefined);
          }}
        />
      )}
    </ContentLayout>
  );
}
