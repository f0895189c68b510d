import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { SignIn } from '../ui/components/sign-in/sign-in.tsx';
import type { AppConfig } from '../ui/config.ts';
import { ApiProvider, createApi } from '../ui/react/api.tsx';
import { NoticesProvider } from '../ui/react/notices.tsx';
import { createQueryClient } from '../ui/react/queries.ts';
import { useSessionEnd } from '../ui/react/session-end.ts';
import { openWorkspace, type Workspace } from '../ui/session/workspace.ts';
import { ChooseWorkspace, startingWorkspace } from './choose-workspace.tsx';
import { createAppRouter } from './router.tsx';
import { WorkspaceProvider } from './shell/workspace.tsx';

const queries = createQueryClient();

/** Workspace, then session, then the shop itself. */
export function App({ config }: { readonly config: AppConfig }) {
  const [workspace, setWorkspace] = useState<Workspace>();
  const [signedIn, setSignedIn] = useState(false);
  const [expired, setExpired] = useState(false);
  const open = async (slug: string): Promise<void> => {
    const opened = await openWorkspace(config, slug);
    setSignedIn(await opened.session.isSignedIn());
    setWorkspace(opened);
  };
  const leave = async (becauseExpired: boolean): Promise<void> => {
    setSignedIn(false);
    setExpired(becauseExpired);
    queries.clear();
    await workspace?.session.signOut();
  };
  if (!workspace) return <ChooseWorkspace start={startingWorkspace(config)} onOpen={open} />;
  if (signedIn)
    return <SignedIn workspace={workspace} onSignOut={() => void leave(false)} onExpired={() => void leave(true)} />;
  return (
    <SignIn
      session={workspace.session}
      title="Sign in"
      description={workspace.slug}
      footer={
        <>
          {expired && <Alert type="info">Your session has ended. Sign in again to go on where you were.</Alert>}
          <Button variant="inline-link" onClick={() => setWorkspace(undefined)}>
            Another workspace
          </Button>
        </>
      }
      onSignedIn={() => {
        setExpired(false);
        setSignedIn(true);
      }}
    />
  );
}

interface SignedInProps {
  readonly workspace: Workspace;
  onSignOut(): void;
  onExpired(): void;
}

function SignedIn({ workspace, onSignOut, onExpired }: SignedInProps) {
  const api = useMemo(() => createApi(workspace.routing, workspace.session.authorize), [workspace]);
  const router = useMemo(() => createAppRouter(), []);
  useEffect(() => () => api.realtime.close(), [api]);
  useSessionEnd(queries, onExpired);
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <NoticesProvider>
          <WorkspaceProvider workspace={workspace} onSignOut={onSignOut}>
            <RouterProvider router={router} />
          </WorkspaceProvider>
        </NoticesProvider>
      </ApiProvider>
    </QueryClientProvider>
  );
}
