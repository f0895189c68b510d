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
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatDate } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { Stock } from '../products/products-page.tsx';
import { UsageBars } from '../settings/usage-bars.tsx';
import { revenueByDay } from './figures.ts';

const shownDays = 14;
const low = 5;
/** An amount in large letters stays on one line. */
const widthOfMoney = 180;

/** How the shop does: figures of the orders and products that were read, and usage against the quota. */
export function DashboardPage() {
  const { data } = useWorkspace();
  const navigate = useNavigate();
  const orders = usePages(OrdersDocument, {}, (page) => page.orders);
  const products = usePages(ProductsDocument, {}, (page) => page.products);
  if (!data) return null;
  const { currency, name } = data.tenant;
  const days = revenueByDay(orders.items, shownDays, new Date());
  const today = days.at(-1);
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => void navigate({ to: '/products/new' })}>New product</Button>
      <Button variant="primary" onClick={() => void navigate({ to: '/orders/new' })}>
        New order
      </Button>
    </SpaceBetween>
  );
  const error = orders.error ?? products.error;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={name} actions={actions}>
          Dashboard
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error && <ErrorNotice error={error} onRetry={orders.retry} />}
        <Container>
          <KeyValuePairs
            columns={4}
            minColumnWidth={widthOfMoney}
            items={[
              { label: 'Orders today', value: <Figure>{formatNumber(today?.orders ?? 0)}</Figure> },
              { label: 'Revenue today', value: <Figure>{formatMoney(today?.revenue ?? 0, currency)}</Figure> },
              { label: 'Open orders', value: <Figure>{count(orders, isOpen)}</Figure> },
              { label: 'Products', value: <Figure>{count(products, () => true)}</Figure> },
            ]}
          />
        </Container>
        <Revenue days={days} currency={currency} />
        <ColumnLayout columns={2}>
          <Container fitHeight header={<Header>Low stock</Header>}>
            <LowStock products={products.items.filter(({ stock }) => stock <= low)} />
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

/** `12`, or `50+` where not all was read. */
function count<Item>(
  list: { readonly items: readonly Item[]; readonly hasMore: boolean },
  holds: (item: Item) => boolean,
): string {
  return `${formatNumber(list.items.filter(holds).length)}${list.hasMore ? '+' : ''}`;
}

function Figure({ children }: { readonly children: string }) {
  return (
    <Box variant="span" fontSize="heading-xl" fontWeight="bold">
      {children}
    </Box>
  );
}

function Revenue({ days, currency }: { readonly days: ReturnType<typeof revenueByDay>; readonly currency: string }) {
  const earned = days.some(({ revenue }) => revenue > 0);
  return (
    <Container header={<Header description={`The last ${shownDays} days`}>Revenue by day</Header>}>
      <BarChart
        height={200}
        hideFilter
        hideLegend
        ariaLabel="Revenue by day"
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

function LowStock({ products }: { readonly products: readonly ProductFieldsFragment[] }) {
  if (products.length === 0) return <Box color="text-body-secondary">Everything is well in stock.</Box>;
  return (
    <KeyValuePairs
      columns={2}
      items={products.slice(0, 6).map(({ name, stock }) => ({ label: name, value: <Stock count={stock} /> }))}
    />
  );
}
