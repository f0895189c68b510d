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
  const figure = (count: number | undefined): string => (report ? formatNumber(count ?? 0) : '…');
  const today = report?.days.find(({ day }) => day === days.at(-1));
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Requests today', value: figure(today?.operations) },
            { label: 'Refused today', value: figure(today?.refused) },
            { label: 'Requests a day at most', value: formatNumber(limits.requestsPerDay) },
            { label: `Requests in ${shownDays} days`, value: figure(report?.total.operations) },
            { label: `Refused in ${shownDays} days`, value: figure(report?.total.refused) },
            { label: 'Cost of the requests', value: report ? formatCost(report.total.cost) : '…' },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" description="Days of UTC">{`The last ${shownDays} days`}</Header>}>
        <UsageChart days={days} usage={report?.days ?? []} loading={isPending} />
      </Container>
    </SpaceBetween>
  );
}
