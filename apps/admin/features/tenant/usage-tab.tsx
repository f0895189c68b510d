import BarChart from '@cloudscape-design/components/bar-chart';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { type TenantFieldsFragment, TenantUsageDocument } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { formatCost } from '../dashboard/figures.ts';
import { lastDays } from './days.ts';

const shownDays = 30;
const classes = [
  ['reads', 'Reads'],
  ['writes', 'Writes'],
  ['subscriptions', 'Subscriptions'],
] as const;
const shortDay = (day: string): string => formatDate(day).replace(/,? \d{4}/, '');

/** What the tenant used in the last days, by class, and what that cost. */
export function UsageTab({ tenant: { id, limits } }: { readonly tenant: TenantFieldsFragment }) {
  const days = useMemo(() => lastDays(shownDays, new Date()), []);
  const { data, error, isPending, refetch } = useApiQuery(TenantUsageDocument, {
    tenantId: id,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const report = data?.tenantUsage;
  const byDay = new Map((report?.days ?? []).map((day) => [day.day, day]));
  const today = byDay.get(days.at(-1) ?? '')?.operations ?? 0;
  return (
    <SpaceBetween size="l">
      <Container>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Requests today', value: formatNumber(today) },
            { label: 'Requests a day at most', value: formatNumber(limits.requestsPerDay) },
            { label: `Requests in ${shownDays} days`, value: formatNumber(report?.total.operations ?? 0) },
            { label: 'Their cost', value: formatCost(report?.total.cost ?? 0) },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2" description="Days of UTC">{`The last ${shownDays} days`}</Header>}>
        <BarChart
          height={240}
          hideFilter
          stackedBars
          ariaLabel="Requests by day"
          statusType={isPending ? 'loading' : 'finished'}
          loadingText="Reading"
          series={
            byDay.size === 0
              ? []
              : classes.map(([field, title]) => ({
                  type: 'bar' as const,
                  title,
                  data: days.map((day) => ({ x: day, y: byDay.get(day)?.[field] ?? 0 })),
                }))
          }
          xDomain={days}
          xScaleType="categorical"
          xTickFormatter={shortDay}
          yTickFormatter={(value: number) => formatNumber(value)}
          i18nStrings={{
            chartAriaRoleDescription: 'bar chart',
            legendAriaLabel: 'Kinds of requests',
            xTickFormatter: shortDay,
          }}
          empty={<EmptyState title="No requests yet">Each day’s requests will be here.</EmptyState>}
        />
      </Container>
    </SpaceBetween>
  );
}
