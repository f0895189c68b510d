import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { MeDocument } from '../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../ui/components/error-notice.tsx';
import { SignIn } from '../ui/components/sign-in/sign-in.tsx';
import { TextField } from '../ui/components/sign-in/text-field.tsx';
import { StepForm } from '../ui/components/sign-in/step-form.tsx';
import type { AppConfig } from '../ui/config.ts';
import { ApiProvider, createApi } from '../ui/react/api.tsx';
import { createQueryClient, useApiQuery } from '../ui/react/queries.ts';
import { lastWorkspace, openWorkspace, type Workspace } from '../ui/session/workspace.ts';

const queries = createQueryClient();

export function App({ config }: { readonly config: AppConfig }) {
  const [workspace, setWorkspace] = useState<Workspace>();
  const [signedIn, setSignedIn] = useState(false);
  const open = async (slug: string): Promise<void> => {
    const opened = await openWorkspace(config, slug);
    setSignedIn(await opened.session.isSignedIn());
    setWorkspace(opened);
  };
  if (!workspace) return <ChooseWorkspace onOpen={open} />;
  if (!signedIn) {
    const leave = (
      <Button variant="inline-link" onClick={() => setWorkspace(undefined)}>
        Another workspace
      </Button>
    );
    const { slug, session } = workspace;
    return (
      <SignIn
        session={session}
        title="Sign in"
        description={slug}
        footer={leave}
        onSignedIn={() => setSignedIn(true)}
      />
    );
  }
  const leave = async (): Promise<void> => {
    await workspace.session.signOut();
    queries.clear();
    setSignedIn(false);
  };
  return <SignedIn workspace={workspace} onSignOut={() => void leave()} />;
}

function ChooseWorkspace({ onOpen }: { onOpen(slug: string): Promise<void> }) {
  const [slug, setSlug] = useState(new URLSearchParams(location.search).get('workspace') ?? lastWorkspace() ?? '');
  return (
    <main className="sign-in">
      <Header variant="h1">Your workspace</Header>
      <StepForm
        submit="Continue"
        check={() => (slug.trim() === '' ? 'Enter the name of your workspace.' : undefined)}
        onSubmit={() => onOpen(slug.trim().toLowerCase())}
      >
        <TextField label="Workspace" autoComplete="organization" autoFocus value={slug} onChange={setSlug} />
      </StepForm>
    </main>
  );
}

function SignedIn({ workspace, onSignOut }: { readonly workspace: Workspace; onSignOut(): void }) {
  const api = useMemo(() => createApi(workspace.routing, workspace.session.authorize), [workspace]);
  useEffect(() => () => api.realtime.close(), [api]);
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider api={api}>
        <Welcome onSignOut={onSignOut} />
      </ApiProvider>
    </QueryClientProvider>
  );
}

function Welcome({ onSignOut }: { onSignOut(): void }) {
  const { data, error, refetch } = useApiQuery(MeDocument, {});
  return (
    <ContentLayout
      header={<Header actions={<Button onClick={onSignOut}>Sign out</Button>}>{data?.tenant.name}</Header>}
    >
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && <Box>Signed in as {data.me.name}</Box>}
    </ContentLayout>
  );
}
