import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { LastRunDocument, type StackFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { formatDuration } from '../../../ui/formats/time.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { releasesInUse } from './figures.ts';

const mostShown = 5;

/** Which releases the tenant stacks run, and how long the last work on each took. */
export function MadeStacks({ stacks }: { readonly stacks: readonly StackFieldsFragment[] }) {
  const releases = releasesInUse(stacks);
  const pools = stacks.find(({ tenantId }) => tenantId === 'pooled')?.release;
  const newest = [...stacks].sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)).slice(0, mostShown);
  return (
    <SpaceBetween size="m">
      {stacks.length === 0 && <Box color="text-body-secondary">No stack is registered yet.</Box>}
      <KeyValuePairs
        columns={1}
        items={releases.map(({ name, count }) => ({
          label: `${formatNumber(count)} ${count === 1 ? 'stack' : 'stacks'}`,
          value: name === pools ? `${name}, as the pool` : name,
        }))}
      />
      <KeyValuePairs
        columns={1}
        items={newest.map((stack) => ({ label: stack.stackName, value: <LastRun stack={stack} /> }))}
      />
    </SpaceBetween>
  );
}

function LastRun({ stack: { tenantId, lastRunId, status } }: { readonly stack: StackFieldsFragment }) {
  const { data } = useApiQuery(LastRunDocument, { id: lastRunId ?? '' }, { enabled: Boolean(lastRunId) });
  const { action, startedAt, finishedAt } = data?.provisioningRun ?? {};
  const took =
    action && startedAt && finishedAt
      ? `${formatEnum(action)} took ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`
      : formatEnum(status);
  return tenantId === 'pooled' ? (
    <GoTo href="/stacks/pooled">{took}</GoTo>
  ) : (
    <GoTo href={`/tenants/${tenantId}?tab=stack`}>{took}</GoTo>
  );
}
