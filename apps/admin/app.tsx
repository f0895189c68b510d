import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { TenantsDocument } from '../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../ui/components/error-notice.tsx';
import { SignIn } from '../ui/components/sign-in/sign-in.tsx';
import type { AppConfig } from '../ui/config.ts';
import { ApiProvider, createApi } from '../ui/react/api.tsx';
import { createQueryClient, useApiQuery } from '../ui/react/queries.ts';
import { openSession } from '../ui/session/session.ts';

const queries = createQueryClient();

export function App({ config: { controlPlane } }: { readonly config: AppConfig }) {
  const [signedIn, setSignedIn] = useState<boolean>();
  const session = useMemo(() => openSession(controlPlane), [controlPlane]);
  const api = useMemo(() => createApi(controlPlane, session.authorize), [controlPlane, session]);
  useEffect(() => {
    void session.isSignedIn().then(setSignedIn);
  }, [session]);

  if (signedIn === undefined) return null;
  if (!signedIn) return <SignIn session={session} title="Console" onSignedIn={() => setSignedIn(true)} />;
  const leave = async (): Promise<void> => {
    await session.signOut();
    queries.clear();
    setSignedIn(false);
  };
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <Tenants onSignOut={() => void leave()} />
      </ApiProvider>
    </QueryClientProvider>
  );
}

function Tenants({ onSignOut }: { onSignOut(): void }) {
  const { data, error, refetch } = useApiQuery(TenantsDocument, { first: 20 });
  return (
    <ContentLayout header={<Header actions={<Button onClick={onSignOut}>Sign out</Button>}>Tenants</Header>}>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.tenants.edges.map(({ node }) => (
        <Box key={node.id}>{node.name}</Box>
      ))}
    </ContentLayout>
  );
}
