import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import { useEffect, useRef, useState } from 'react';
import { StepForm } from '../ui/components/sign-in/step-form.tsx';
import { TextField } from '../ui/components/sign-in/text-field.tsx';
import { Waiting } from '../ui/components/waiting.tsx';
import type { AppConfig } from '../ui/config.ts';
import { lastWorkspace, workspaceOfHost } from '../ui/session/workspace.ts';

export interface StartingWorkspace {
  /** Known from the address or from the last time; empty where nothing is. */
  readonly slug: string;
  /** Whether to go on without asking. */
  readonly isSure: boolean;
  readonly signUp: string;
}

/** The workspace of the host name, of the link, or of the last time. */
export function startingWorkspace({ apps }: AppConfig): StartingWorkspace {
  const named = workspaceOfHost(location.hostname, apps.saas) ?? new URLSearchParams(location.search).get('workspace');
  const slug = named ?? lastWorkspace() ?? '';
  return { slug, isSure: slug !== '', signUp: apps.landing };
}

export interface ChooseWorkspaceProps {
  readonly start: StartingWorkspace;
  onOpen(slug: string): Promise<void>;
}

/** Which company one works for. A known one is opened at once; coming back here one can name another. */
export function ChooseWorkspace({ start, onOpen }: ChooseWorkspaceProps) {
  const [slug, setSlug] = useState(start.slug);
  const [opening, setOpening] = useState(start.isSure && !opened.has(start.slug));
  const begun = useRef(false);
  useEffect(() => {
    if (!opening || begun.current) return;
    begun.current = true;
    opened.add(start.slug);
    onOpen(start.slug).catch(() => setOpening(false));
  }, [opening, onOpen, start]);
  if (opening) {
    return (
      <main className="sign-in">
        <Waiting>Opening your workspace</Waiting>
      </main>
    );
  }
  return (
    <main className="sign-in">
      <Container
        header={
          <Header variant="h1" description="The name that your company chose when it signed up.">
            Your workspace
          </Header>
        }
      >
        <StepForm
          submit="Continue"
          check={() => (slug.trim() === '' ? 'Enter the name of your workspace.' : undefined)}
          onSubmit={() => onOpen(slug.trim().toLowerCase())}
        >
          <TextField label="Workspace" autoComplete="organization" autoFocus value={slug} onChange={setSlug} />
        </StepForm>
      </Container>
      <Box textAlign="center">
        No workspace yet? <Link href={start.signUp}>Sign up</Link>
      </Box>
    </main>
  );
}

/** Opened once by itself: who comes back wants another. */
const opened = new Set<string>();
