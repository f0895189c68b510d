import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useMemo } from 'react';
import { UsageByDayDocument } from '../../../../generated/documents/saas/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { UsageChart } from '../../../ui/components/usage-chart.tsx';
import { lastDays } from '../../../ui/formats/days.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';

const shownDays = 30;

/** What all people of the workspace asked for, day by day. */
export function UsageByDay() {
  const days = useMemo(() => lastDays(shownDays, new Date()), []);
  const { data, error, isPending, refetch } = useApiQuery(UsageByDayDocument, { days: shownDays });
  return (
    <Container header={<Header description={`The last ${shownDays} days, of UTC`}>Requests by day</Header>}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <UsageChart days={days} usage={data?.usageByDay ?? []} loading={isPending} />
      )}
    </Container>
  );
}
