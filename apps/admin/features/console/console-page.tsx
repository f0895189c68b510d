import 'graphiql/style.css';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTheme } from '../../../ui/react/theme.ts';
import { GuestDialog } from '../../shell/guest-dialog.tsx';
import { useOperator } from '../../shell/operator.tsx';
import { ConfirmMutation } from './confirm-mutation.tsx';
import './console.css';
import { ConsoleControls } from './console-controls.tsx';
import { createFetcher, type Operation } from './fetcher.ts';
import { labelEditors } from './label-editors.ts';
import { examples, type SavedOperation } from './saved.ts';
import { controlPlaneTargets, guestTarget, type Target } from './target.ts';

interface Question {
  readonly mutation: Operation;
  answer(isSure: boolean): void;
}

/** GraphiQL on the control plane, and on the API of a tenant as one of its users. */
export function ConsolePage() {
  const { config, session, email } = useOperator();
  const own = useMemo(() => controlPlaneTargets(config, session, email), [config, session, email]);
  const [guests, setGuests] = useState<readonly Target[]>([]);
  const [chosen, setChosen] = useState('operator');
  const [entering, setEntering] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const [opened, setOpened] = useState<{ readonly operation: SavedOperation | undefined; readonly count: number }>({
    operation: examples[0],
    count: 0,
  });
  const edited = useRef({ query: opened.operation?.query ?? '', variables: '' });
  const targets = [...own, ...guests];
  const target = targets.find(({ id }) => id === chosen) ?? own[0];
  const fetcher = useMemo(
    () => target && createFetcher(target, (mutation) => new Promise((answer) => setQuestion({ mutation, answer }))),
    [target],
  );
  const theme = useTheme();
  const editors = useRef<HTMLDivElement>(null);
  useEffect(() => (editors.current ? labelEditors(editors.current) : undefined), []);
  if (!target || !fetcher) return null;
  const open = (operation: SavedOperation): void => {
    edited.current = { query: operation.query, variables: operation.variables };
    setOpened({ operation, count: opened.count + 1 });
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
          targets={targets}
          target={target}
          onTarget={setChosen}
          onGuest={() => setEntering(true)}
          onOpen={open}
          edited={() => edited.current}
        />
        <div className="console-editor" ref={editors}>
          <GraphiQL
            key={`${target.id} ${opened.count}`}
            fetcher={fetcher}
            forcedTheme={theme}
            isHeadersEditorEnabled={false}
            shouldPersistHeaders={false}
            {...(opened.operation && {
              query: opened.operation.query,
              variables: opened.operation.variables,
            })}
            onEditQuery={(query) => (edited.current = { ...edited.current, query })}
            onEditVariables={(variables) => (edited.current = { ...edited.current, variables })}
          >
            <GraphiQL.Logo>{target.description}</GraphiQL.Logo>
          </GraphiQL>
        </div>
      </SpaceBetween>
      {entering && (
        <GuestDialog
          onClose={() => setEntering(false)}
          onSignedIn={(guest) => {
            const entered = guestTarget(guest);
            setGuests([...guests.filter(({ id }) => id !== entered.id), entered]);
            setChosen(entered.id);
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
