import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { type TenantFieldsFragment, TenantUsageDocument } from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { UsageChart } from '../../../ui/components/usage-chart.tsx';
import { lastDays } from '../../../ui/formats/days.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { formatCost } from '../dashboard/figures.ts';

const shownDays = 30;

/** What the tenant used in the last days, by class, what that cost, and how much rate and quota refused. */
export function UsageTab({ tenant: { id, limits } }: { readonly tenant: TenantFieldsFragment }) {
  const days = useMemo(() => lastDays(shownDays, new Date()), []);
  const { data, error, isPending, refetch } = useApiQuery(TenantUsageDocument, {
    tenantId: id,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const report = data?.tenantUsage;
  const today = report?.days.find(({ day }) => day === days.at(-1));
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Requests today', value: formatNumber(today?.operations ?? 0) },
            { label: 'Refused today', value: formatNumber(today?.refused ?? 0) },
            { label: 'Requests a day at most', value: formatNumber(limits.requestsPerDay) },
            { label: `Requests in ${shownDays} days`, value: formatNumber(report?.total.operations ?? 0) },
            { label: `Refused in ${shownDays} days`, value: formatNumber(report?.total.refused ?? 0) },
            { label: 'Cost of the requests', value: formatCost(report?.total.cost ?? 0) },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" description="Days of UTC">{`The last ${shownDays} days`}</Header>}>
        <UsageChart days={days} usage={report?.days ?? []} loading={isPending} />
      </Container>
    </SpaceBetween>
  );
}
