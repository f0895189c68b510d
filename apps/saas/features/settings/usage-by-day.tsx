import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useMemo } from 'react';
import { UsageByDayDocument } from '../../../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { UsageChart } from '../../../ui/components/usage-chart.tsx';
import { lastDays } from '../../../ui/formats/days.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';

const shownDays = 30;

/** What all people of the workspace asked for, day by day, and how much of it the limits refused. */
export function UsageByDay() {
  const days = useMemo(() => lastDays(shownDays, new Date()), []);
  const { data, error, isPending, refetch } = useApiQuery(UsageByDayDocument, { days: shownDays });
  const refused = data?.usageByDay.reduce((sum, day) => sum + day.refused, 0) ?? 0;
  const today = data?.usageByDay.find(({ day }) => day === days.at(-1))?.refused ?? 0;
  const refusals = `; ${formatNumber(refused)} were refused by the limits, ${formatNumber(today)} of them today`;
  return (
    <Container
      header={
        <Header description={`The last ${shownDays} days, of UTC${refused > 0 ? refusals : ''}`}>
          Requests by day
        </Header>
      }
    >
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <UsageChart days={days} usage={data?.usageByDay ?? []} loading={isPending} />
      )}
    </Container>
  );
}
