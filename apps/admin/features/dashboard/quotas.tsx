import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UsageSummaryQuery } from '../../../../generated/documents/admin/graphql.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { closeToQuota, formatShare } from './figures.ts';

type TenantUsage = UsageSummaryQuery['usageSummary']['tenants'][number];

const mostShown = 8;

/** Whose requests are refused because a quota is used up, and whose soon will be. */
export function Quotas({ tenants }: { readonly tenants: readonly TenantUsage[] }) {
  const close = closeToQuota(tenants);
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description="From 80% of a quota on; at 100%, all requests are refused">
          Throttled
        </Header>
      }
    >
      {close.length === 0 ? (
        <Box color="text-body-secondary">No tenant is close to a quota.</Box>
      ) : (
        <KeyValuePairs
          columns={2}
          items={close.slice(0, mostShown).map((tenant) => ({
            label: <Standing tenant={tenant} />,
            value: <GoTo href={`/tenants/${tenant.tenantId}?tab=usage`}>{tenant.name}</GoTo>,
          }))}
        />
      )}
    </Container>
  );
}

function Standing({ tenant: { quotaShare, dayQuotaShare } }: { readonly tenant: TenantUsage }) {
  if (quotaShare >= 1) return <StatusIndicator type="error">Refused till the month ends</StatusIndicator>;
  if (dayQuotaShare >= 1) return <StatusIndicator type="error">Refused till midnight, UTC</StatusIndicator>;
  const [share, period] = dayQuotaShare >= quotaShare ? [dayQuotaShare, 'today’s'] : [quotaShare, 'the month’s'];
  return (
    <StatusIndicator type="warning">
      {formatShare(share)} of {period}
    </StatusIndicator>
  );
}
