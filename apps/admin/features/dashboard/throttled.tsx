import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UsageSummaryQuery } from '../../../../generated/documents/admin/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { formatShare, isCloseToQuota, throttled } from './figures.ts';

type TenantUsage = UsageSummaryQuery['usageSummary']['tenants'][number];

const mostShown = 8;

export interface ThrottledProps {
  readonly tenants: readonly TenantUsage[];
  /** Which these are, where they are not all. */
  readonly of: string | undefined;
}

/** Whose requests rate or quota refused today, and whose quota is nearly used up. */
export function Throttled({ tenants, of }: ThrottledProps) {
  const shown = throttled(tenants).slice(0, mostShown);
  if (shown.length === 0) {
    const none = of === undefined ? 'No tenant' : `${of}, none`;
    return <Box color="text-body-secondary">{none} was refused anything today, or is close to a quota.</Box>;
  }
  return (
    <KeyValuePairs
      columns={2}
      items={shown.map((tenant) => ({
        label: <Standing tenant={tenant} />,
        value: (
          <>
            <GoTo href={`/tenants/${tenant.tenantId}?tab=usage`}>{tenant.name}</GoTo>
            {tenant.refusedToday > 0 && (
              <Box color="text-body-secondary">{formatNumber(tenant.refusedToday)} refused today</Box>
            )}
          </>
        ),
      }))}
    />
  );
}

function Standing({ tenant }: { readonly tenant: TenantUsage }) {
  const { quotaShare, dayQuotaShare } = tenant;
  if (quotaShare >= 1) return <StatusIndicator type="error">Refused till the month ends</StatusIndicator>;
  if (dayQuotaShare >= 1) return <StatusIndicator type="error">Refused till midnight, UTC</StatusIndicator>;
  if (!isCloseToQuota(tenant)) return <StatusIndicator type="info">Within its quotas</StatusIndicator>;
  const [share, period] = dayQuotaShare >= quotaShare ? [dayQuotaShare, 'today’s'] : [quotaShare, 'the month’s'];
  return (
    <StatusIndicator type="warning">
      {formatShare(share)} of {period}
    </StatusIndicator>
  );
}
