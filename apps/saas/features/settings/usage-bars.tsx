import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { WorkspaceDocument } from '../../../../generated/documents/saas/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatRelative } from '../../../ui/formats/time.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';

/** Milliseconds; older figures are asked for anew by whoever opens the page. */
const newFor = 5000;

/** Today and this month against the quota, as of now. */
export function UsageBars() {
  const { data } = useApiQuery(WorkspaceDocument, {}, { staleTime: newFor });
  if (!data) return null;
  const { limits, usage } = data.tenant;
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
