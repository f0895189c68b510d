import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from '@tanstack/react-router';
import {
  type OrderFieldsFragment,
  OrdersDocument,
  type ProductFieldsFragment,
  ProductsDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { Waiting } from '../../../ui/components/waiting.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import type { WholeList } from '../../../ui/react/read-whole-list.ts';
import { mostOfWholeList, useWholeList } from '../../../ui/react/whole-list.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { Stock } from '../products/products-page.tsx';
import { UsageBars } from '../settings/usage-bars.tsx';
import { type Day, revenueByDay, startOfDays } from './figures.ts';

const shownDays = 14;
const low = 5;
const mostShown = 6;
/** An amount in large letters stays on one line. */
const widthOfMoney = 180;

/** How the shop does: figures of the last days' orders and of the products, and usage against the quota. */
export function DashboardPage() {
  const { data } = useWorkspace();
  const navigate = useNavigate();
  const now = new Date();
  const filter = { placedSince: startOfDays(shownDays, now) };
  const orders = useWholeList(OrdersDocument, { filter }, (page) => page.orders);
  const products = useWholeList(ProductsDocument, {}, (page) => page.products);
  if (!data) return null;
  const { currency, name } = data.tenant;
  const days = orders.list && revenueByDay(orders.list.items, shownDays, now);
  const today = days?.at(-1);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => void navigate({ to: '/products/new' })}>New product</Button>
      <Button variant="primary" onClick={() => void navigate({ to: '/orders/new' })}>
        New order
      </Button>
    </SpaceBetween>
  );
  const error = orders.error ?? products.error;
  const retry = (): void => [orders, products].filter((each) => each.error).forEach((each) => each.retry());
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={name} actions={actions}>
          Dashboard
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error && <ErrorNotice error={error} onRetry={retry} />}
        <Container>
          <KeyValuePairs
            columns={4}
            minColumnWidth={widthOfMoney}
            items={[
              { label: 'Orders today', value: <Figure of={orders.list}>{today && formatNumber(today.orders)}</Figure> },
              {
                label: 'Revenue today',
                value: <Figure of={orders.list}>{today && formatMoney(today.revenue, currency)}</Figure>,
              },
              {
                label: `Open orders, ${shownDays} days`,
                value: <Figure of={orders.list}>{formatNumber(orders.list?.items.filter(isOpen).length ?? 0)}</Figure>,
              },
              {
                label: 'Products',
                value: <Figure of={products.list}>{formatNumber(products.list?.items.length ?? 0)}</Figure>,
              },
            ]}
          />
        </Container>
        <Revenue
          days={days}
          complete={orders.list?.complete}
          status={orders.list ? 'finished' : orders.loading ? 'loading' : 'error'}
          currency={currency}
        />
        <ColumnLayout columns={2}>
          <Container fitHeight header={<Header>Low stock</Header>}>
            {products.list ? (
              <LowStock products={products.list} />
            ) : (
              products.loading && <Waiting>Reading the products</Waiting>
            )}
          </Container>
          <Container fitHeight header={<Header>Usage</Header>}>
            <UsageBars />
          </Container>
        </ColumnLayout>
      </SpaceBetween>
    </ContentLayout>
  );
}

const isOpen = ({ status }: OrderFieldsFragment): boolean => status === 'PLACED' || status === 'PAID';

interface FigureProps {
  /** What it was counted in; nothing is shown before that is there. */
  readonly of: WholeList<unknown> | undefined;
  readonly children: string | undefined;
}

/** `12`, or `12+` where not all was read. */
function Figure({ of, children }: FigureProps) {
  return (
    <Box variant="span" fontSize="heading-xl" fontWeight="bold">
      {of ? `${children ?? ''}${of.complete ? '' : '+'}` : '–'}
    </Box>
  );
}

const counted = formatNumber(mostOfWholeList);

interface RevenueProps {
  readonly days: readonly Day[] | undefined;
  readonly complete: boolean | undefined;
  readonly status: 'loading' | 'finished' | 'error';
  readonly currency: string;
}

function Revenue({ days = [], complete = true, status, currency }: RevenueProps) {
  const earned = days.some(({ revenue }) => revenue > 0);
  const inPart = complete ? '' : `; ${counted} orders were counted, and there are more`;
  return (
    <Container header={<Header description={`The last ${shownDays} days${inPart}`}>Revenue by day</Header>}>
      <BarChart
        height={200}
        hideFilter
        hideLegend
        ariaLabel="Revenue by day"
        statusType={status}
        loadingText="Reading"
        errorText="The orders could not be read."
        series={
          earned
            ? [
                {
                  type: 'bar',
                  title: 'Revenue',
                  data: days.map(({ date, revenue }) => ({ x: formatDate(date), y: revenue })),
                  valueFormatter: (value) => formatMoney(value, currency),
                },
              ]
            : []
        }
        xDomain={days.map(({ date }) => formatDate(date))}
        xScaleType="categorical"
        xTickFormatter={(text: string) => text.replace(/,? \d{4}/, '')}
        yTickFormatter={(value: number) => formatMoney(value, currency)}
        i18nStrings={{
          chartAriaRoleDescription: 'bar chart',
          xTickFormatter: (text: string) => text.replace(/,? \d{4}/, ''),
        }}
        empty={<EmptyState title="No orders yet">Each day’s revenue will be here.</EmptyState>}
      />
    </Container>
  );
}

function LowStock({ products: { items, complete } }: { readonly products: WholeList<ProductFieldsFragment> }) {
  const few = items.filter(({ stock }) => stock <= low);
  const rest = few.length - mostShown;
  return (
    <SpaceBetween size="s">
      {few.length === 0 && <Box color="text-body-secondary">Everything is well in stock.</Box>}
      {few.length > 0 && (
        <KeyValuePairs
          columns={2}
          items={few.slice(0, mostShown).map(({ name, stock }) => ({ label: name, value: <Stock count={stock} /> }))}
        />
      )}
      {rest > 0 && <Box color="text-body-secondary">And {formatNumber(rest)} more.</Box>}
      {!complete && <Box color="text-body-secondary">Of {counted} products; there are more.</Box>}
    </SpaceBetween>
  );
}
