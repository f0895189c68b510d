import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UsageSummaryQuery } from '../../../../generated/documents/admin/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { formatShare, isCloseToQuota, throttled } from './figures.ts';

type TenantUsage = UsageSummaryQuery['usageSummary']['tenants'][number];

const mostShown = 8;

/** Whose requests rate or quota refused today, and whose quota is nearly used up. */
export function Throttled({ tenants }: { readonly tenants: readonly TenantUsage[] }) {
  const shown = throttled(tenants).slice(0, mostShown);
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description="Refused today by rate or quota, or from 80% of a quota on">
          Throttled
        </Header>
      }
    >
      {shown.length === 0 ? (
        <Box color="text-body-secondary">No tenant was refused anything today, or is close to a quota.</Box>
      ) : (
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
      )}
    </Container>
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
