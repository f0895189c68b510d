import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import {
  type TenantFieldsFragment,
  TenantsDocument,
  TenantStacksDocument,
  UsageSummaryDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { useAllPages } from '../../shell/all-pages.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { TenantStatusText } from '../tenants/tenant-status.tsx';
import { busiestOf, countBy, firstOf, formatCost, monthOf, needingAttention, refusedToday, skewOf } from './figures.ts';
import { FiguresCard } from './figures-card.tsx';
import { MadeStacks } from './made-stacks.tsx';
import { Onboarding } from './onboarding.tsx';
import { Throttled } from './throttled.tsx';
import { TopTenants } from './top-tenants.tsx';

/** An amount in large letters stays on one line. */
const widthOfMoney = 180;

/** How the business does: tenants, use and cost of this month, stacks and their releases. */
export function DashboardPage() {
  const month = useMemo(() => monthOf(new Date()), []);
  const tenants = useAllPages(TenantsDocument, (page) => page.tenants);
  const stacks = useAllPages(TenantStacksDocument, (page) => page.tenantStacks);
  const usage = useApiQuery(UsageSummaryDocument, { month });
  const error = tenants.error ?? stacks.error ?? usage.error;
  const retry = (): void => {
    for (const query of [tenants, stacks, usage]) void query.refetch();
  };
  const all = tenants.data?.items ?? [];
  const ofHowMany = firstOf(tenants.data);
  const more = ofHowMany === undefined ? '' : '+';
  const summary = usage.data?.usageSummary;
  const serving = all.filter(({ status }) => status === 'ACTIVE').length;
  return (
    <ContentLayout header={<Header variant="h1">Dashboard</Header>}>
      <SpaceBetween size="l">
        {error && <ErrorNotice error={error} onRetry={retry} />}
        <Container>
          <KeyValuePairs
            columns={3}
            minColumnWidth={widthOfMoney}
            items={[
              { label: 'Tenants', value: <Figure text={tenants.data && `${formatNumber(all.length)}${more}`} /> },
              { label: 'Active', value: <Figure text={tenants.data && `${formatNumber(serving)}${more}`} /> },
              {
                label: 'Requests this month',
                value: <Figure text={summary && formatNumber(summary.total.operations)} />,
              },
              { label: 'Cost this month', value: <Figure text={summary && formatCost(summary.total.cost)} /> },
              { label: 'Refused this month', value: <Figure text={summary && formatNumber(summary.total.refused)} /> },
              { label: 'Refused today', value: <Figure text={summary && refusedToday(summary)} /> },
            ]}
          />
        </Container>
        <ColumnLayout columns={2}>
          <FiguresCard title="By tier" description={ofHowMany} from={tenants}>
            <Counts of="tier" tenants={all} valueOf={({ tier }) => tier} />
          </FiguresCard>
          <FiguresCard title="By status" description={ofHowMany} from={tenants}>
            <Counts of="status" tenants={all} valueOf={({ status }) => status} />
          </FiguresCard>
        </ColumnLayout>
        <ColumnLayout columns={2}>
          <FiguresCard
            title="Onboarding"
            description={together('From the sign-up to the active tenant, retries included', ofHowMany)}
            from={tenants}
          >
            <Onboarding tenants={all} />
          </FiguresCard>
          <FiguresCard
            title="Throttled"
            description={together('Refused today by rate or quota, or from 80% of a quota on', busiestOf(summary))}
            from={usage}
          >
            <Throttled tenants={summary?.tenants ?? []} of={busiestOf(summary)} />
          </FiguresCard>
        </ColumnLayout>
        {summary && (
          <TopTenants
            tenants={summary.tenants}
            description={`${
              summary.tenantCount > 10 ? `The ten of ${formatNumber(summary.tenantCount)} tenants` : 'The tenants'
            } with the most requests, refused ones included, in ${month}; prices of ${formatDate(summary.pricesAsOf)}`}
          />
        )}
        <ColumnLayout columns={2}>
          <FiguresCard title="Needs a look" description={ofHowMany} from={tenants}>
            <Attention tenants={needingAttention(all)} isOfAll={ofHowMany === undefined} />
          </FiguresCard>
          <FiguresCard title="Stacks and releases" description={skewOf(stacks.data?.items ?? [])} from={stacks}>
            <MadeStacks stacks={stacks.data?.items ?? []} />
          </FiguresCard>
        </ColumnLayout>
      </SpaceBetween>
    </ContentLayout>
  );
}

const together = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join(' · ');

function Figure({ text }: { readonly text: string | undefined }) {
  return (
    <Box variant="span" fontSize="heading-xl" fontWeight="bold">
      {text ?? '…'}
    </Box>
  );
}

interface CountsProps {
  readonly of: 'tier' | 'status';
  readonly tenants: readonly TenantFieldsFragment[];
  valueOf(tenant: TenantFieldsFragment): string;
}

function Counts({ of, tenants, valueOf }: CountsProps) {
  if (tenants.length === 0) return <Box color="text-body-secondary">No tenants yet.</Box>;
  const items = countBy(tenants, valueOf).map(({ name, count }) => ({
    label: formatEnum(name),
    value: <GoTo href={`/tenants?${of}=${name}`}>{formatNumber(count)}</GoTo>,
  }));
  return <KeyValuePairs columns={4} items={items} />;
}

interface AttentionProps {
  readonly tenants: readonly TenantFieldsFragment[];
  readonly isOfAll: boolean;
}

function Attention({ tenants, isOfAll }: AttentionProps) {
  if (tenants.length === 0) {
    return (
      <EmptyState title={isOfAll ? 'Nothing does' : 'None of these does'}>
        Onboardings that go on or have failed will be here.
      </EmptyState>
    );
  }
  return (
    <KeyValuePairs
      columns={2}
      items={tenants.slice(0, 8).map(({ id, name, status }) => ({
        label: <TenantStatusText status={status} />,
        value: <GoTo href={`/tenants/${id}`}>{name}</GoTo>,
      }))}
    />
  );
}
