import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { WorkspaceQuery } from '../../../../generated/documents/saas/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatRelative } from '../../../ui/formats/time.ts';

/** Today and this month against the quota. */
export function UsageBars({
  tenant: { limits, usage },
}: {
  readonly tenant: Pick<WorkspaceQuery['tenant'], 'limits' | 'usage'>;
}) {
  return (
    <SpaceBetween size="m">
      <Bar label="Today" used={usage.today} quota={limits.requestsPerDay} resetsAt={usage.dayResetsAt} />
      <Bar label="This month" used={usage.thisMonth} quota={limits.requestsPerMonth} resetsAt={usage.monthResetsAt} />
    </SpaceBetween>
  );
}

interface BarProps {
  readonly label: string;
  readonly used: number;
  readonly quota: number;
  readonly resetsAt: string;
}

function Bar({ label, used, quota, resetsAt }: BarProps) {
  return (
    <ProgressBar
      label={label}
      value={Math.min(100, (used / quota) * 100)}
      status={used >= quota ? 'error' : 'in-progress'}
      additionalInfo={`${formatNumber(used)} of ${formatNumber(quota)} requests; starts anew ${formatRelative(
        resetsAt,
      )}`}
      resultText={`All ${formatNumber(quota)} requests are used up`}
    />
  );
}
