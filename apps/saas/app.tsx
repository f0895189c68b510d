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
import { useMoved } from './moved.ts';
import { createAppRouter } from './router.tsx';
import { WorkspaceProvider } from './shell/workspace.tsx';

const queries = createQueryClient();

/** Workspace, then session, then the shop itself. */
export function App({ config }: { readonly config: AppConfig }) {
  const [workspace, setWorkspace] = useState<Workspace>();
  const [signedIn, setSignedIn] = useState(false);
  const [left, setLeft] = useState<keyof typeof whyLeft>();
  const open = async (slug: string): Promise<void> => {
    const opened = await openWorkspace(config, slug);
    setSignedIn(await opened.session.isSignedIn());
    setWorkspace(opened);
  };
  const leave = async (because?: keyof typeof whyLeft): Promise<void> => {
    setSignedIn(false);
    setLeft(because);
    queries.clear();
    await workspace?.session.signOut();
    if (because === 'moved' && workspace) await open(workspace.slug);
  };
  if (!workspace) return <ChooseWorkspace start={startingWorkspace(config)} onOpen={open} />;
  if (signedIn) return <SignedIn config={config} workspace={workspace} onLeave={(because) => void leave(because)} />;
  return (
    <SignIn
      key={workspace.routing.userPoolId}
      session={workspace.session}
      title="Sign in"
      description={workspace.slug}
      footer={
        <>
          {left && <Alert type="info">{whyLeft[left]}</Alert>}
          <Button variant="inline-link" onClick={() => setWorkspace(undefined)}>
            Another workspace
          </Button>
        </>
      }
      onSignedIn={() => {
        setLeft(undefined);
        setSignedIn(true);
      }}
    />
  );
}

const whyLeft = {
  expired: 'Your session has ended. Sign in again to go on where you were.',
  moved:
    'Your workspace has moved, with all that is in it. Sign in where it is now: with the password that was mailed to you, if one was, ' +
    'else with yours.',
};

interface SignedInProps {
  readonly config: AppConfig;
  readonly workspace: Workspace;
  /** Without a cause: by the person's own choice. */
  onLeave(because?: keyof typeof whyLeft): void;
}

function SignedIn({ config, workspace, onLeave }: SignedInProps) {
  const api = useMemo(() => createApi(workspace.routing, workspace.session), [workspace]);
  const router = useMemo(() => createAppRouter(), []);
  useEffect(() => () => api.realtime.close(), [api]);
  useSessionEnd(queries, () => onLeave('expired'));
  useMoved(config, workspace, queries, () => onLeave('moved'));
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <NoticesProvider>
          <WorkspaceProvider workspace={workspace} onSignOut={() => onLeave()}>
            <RouterProvider router={router} />
          </WorkspaceProvider>
        </NoticesProvider>
      </ApiProvider>
    </QueryClientProvider>
  );
}
