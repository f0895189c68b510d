import Alert from '@cloudscape-design/components/alert';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { SignIn } from '../ui/components/sign-in/sign-in.tsx';
import { Waiting } from '../ui/components/waiting.tsx';
import type { AppConfig } from '../ui/config.ts';
import { ApiProvider, createApi } from '../ui/react/api.tsx';
import { NoticesProvider } from '../ui/react/notices.tsx';
import { createQueryClient } from '../ui/react/queries.ts';
import { useSessionEnd } from '../ui/react/session-end.ts';
import { openSession, type Session, type SignedInPerson } from '../ui/session/session.ts';
import { createAppRouter } from './router.tsx';
import { OperatorProvider } from './shell/operator.tsx';

const queries = createQueryClient();

/** Session, then the console itself. */
export function App({ config }: { readonly config: AppConfig }) {
  const session = useMemo(() => openSession(config.controlPlane), [config]);
  const [person, setPerson] = useState<SignedInPerson | 'unknown'>();
  const [expired, setExpired] = useState(false);
  const enter = useCallback((): void => {
    session.person().then(setPerson, () => setPerson('unknown'));
  }, [session]);
  useEffect(enter, [enter]);

  const leave = async (becauseExpired: boolean): Promise<void> => {
    setPerson('unknown');
    setExpired(becauseExpired);
    queries.clear();
    await session.signOut();
  };
  if (person === undefined) return <Waiting>Reading who you are</Waiting>;
  if (person !== 'unknown') {
    return (
      <SignedIn
        key={person.id}
        config={config}
        session={session}
        person={person}
        onSignOut={() => void leave(false)}
        onExpired={() => void leave(true)}
      />
    );
  }
  return (
    <SignIn
      session={session}
      title="Sign in"
      description="The operators’ console"
      footer={expired && <Alert type="info">Your session has ended. Sign in again to go on where you were.</Alert>}
      onSignedIn={() => {
        setExpired(false);
        enter();
      }}
    />
  );
}

interface SignedInProps {
  readonly config: AppConfig;
  readonly session: Session;
  readonly person: SignedInPerson;
  onSignOut(): void;
  onExpired(): void;
}

function SignedIn({ config, session, person, onSignOut, onExpired }: SignedInProps) {
  const api = useMemo(() => createApi(config.controlPlane, session), [config, session]);
  const router = useMemo(() => createAppRouter(), []);
  useEffect(() => () => api.realtime.close(), [api]);
  useSessionEnd(queries, onExpired);
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <NoticesProvider>
          <OperatorProvider config={config} session={session} person={person} signOut={onSignOut}>
            <RouterProvider router={router} />
          </OperatorProvider>
        </NoticesProvider>
      </ApiProvider>
    </QueryClientProvider>
  );
}
