import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import {
  AuditLogDocument,
  ProvisioningProgressDocument,
  ProvisioningRunsDocument,
  RetryProvisioningDocument,
  type StackFieldsFragment,
  TenantStacksDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { Waiting } from '../../../ui/components/waiting.tsx';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { useSubscription } from '../../../ui/react/live.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePages } from '../../../ui/react/pages.ts';
import { queryKey } from '../../../ui/react/queries.ts';
import { useAllPages } from '../../shell/all-pages.ts';
import { ChangeButton } from '../../shell/change-button.tsx';
import { useChange } from '../../shell/use-change.ts';
import { RunDetails } from './run-details.tsx';
import { WorkStatusText } from './stack-status.tsx';
import { WaveChoice } from './wave-choice.tsx';

/** A stack and what was done to it, live. `tenantId` is `pooled` for the pool's. */
export function StackView({ tenantId }: { readonly tenantId: string }) {
  const queries = useQueryClient();
  const stacks = useAllPages(TenantStacksDocument, (page) => page.tenantStacks);
  const runs = usePages(ProvisioningRunsDocument, { tenantId }, (page) => page.provisioningRuns);
  const refresh = (): void => {
    for (const document of [ProvisioningRunsDocument, TenantStacksDocument])
      void queries.invalidateQueries({ queryKey: queryKey(document) });
  };
  const { showError } = useNotices();
  useSubscription(
    ProvisioningProgressDocument,
    { tenantId },
    { onReady: refresh, onData: refresh, onError: (fault) => showError(fault, 'Progress is not followed') },
  );
  const stack = stacks.data?.items.find((each) => each.tenantId === tenantId);
  const error = stacks.error ?? runs.error;
  return (
    <SpaceBetween size="l">
      {error && <ErrorNotice error={error} onRetry={refresh} />}
      {tenantId === 'pooled' && (
        <Alert type="info">The pool is shared by all tenants without a stack of their own.</Alert>
      )}
      {stack && <Stack stack={stack} />}
      {runs.loading && <Waiting>Reading its runs</Waiting>}
      {!runs.loading && runs.items.length === 0 && !error && (
        <EmptyState title="No runs yet">Each work of the provisioning pipeline on this stack will be here.</EmptyState>
      )}
      {runs.items.map((run, index) => (
        <RunDetails key={run.id} run={run} isNewest={index === 0} />
      ))}
      {runs.hasMore && (
        <Box textAlign="center">
          <Button loading={runs.fetching} onClick={runs.more}>
            Show earlier runs
          </Button>
        </Box>
      )}
    </SpaceBetween>
  );
}

function Stack({ stack }: { readonly stack: StackFieldsFragment }) {
  const { tenantId, stackName, status, release, region, graphqlUrl, userPoolId, updatedAt } = stack;
  const { graphql } = useApi();
  const { busy, change } = useChange();
  const retry = () =>
    change({
      run: async () =>
        (await graphql.request(RetryProvisioningDocument, { input: { tenantId } })).retryProvisioning.userErrors,
      done: 'The run goes on where it failed.',
      touches: [ProvisioningRunsDocument, TenantStacksDocument, AuditLogDocument],
    });
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            status === 'FAILED' && (
              <ChangeButton variant="primary" loading={busy} onClick={() => void retry()}>
                Retry
              </ChangeButton>
            )
          }
        >
          {stackName}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Status', value: <WorkStatusText status={status} /> },
          { label: 'Release', value: release ?? 'None yet' },
          { label: 'Wave of rollouts', value: <WaveChoice stack={stack} /> },
          { label: 'Region', value: region },
          { label: 'GraphQL API', value: graphqlUrl ?? 'None yet' },
          { label: 'User pool', value: userPoolId ?? 'None yet' },
          { label: 'Changed', value: formatDateTime(updatedAt) },
        ]}
      />
    </Container>
  );
}
