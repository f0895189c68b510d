import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type OrderFieldsFragment, OrdersDocument } from '../../../../generated/documents/saas/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ListHeader } from '../../../ui/components/list-header.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { ShowMore } from '../../../ui/components/show-more.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { orderStatuses, OrderStatusText } from './order-status.tsx';

const all = { value: '', label: 'All orders' };
const choices = [all, ...orderStatuses.map((status) => ({ value: status, label: formatEnum(status) }))];

/** All orders, the filter in the address. */
export function OrdersPage() {
  const { status: asked } = useSearch({ strict: false });
  const status = orderStatuses.find((each) => each === asked);
  const navigate = useNavigate();
  const currency = useCurrency();
  const list = usePages(OrdersDocument, status === undefined ? {} : { filter: { status } }, ({ orders }) => orders);
  const { items, error, loading, hasMore, retry } = list;
  const { items: sorted, collectionProps } = useCollection(items, {
    sorting: { defaultState: { sortingColumn: { sortingField: 'createdAt' }, isDescending: true } },
  });
  const create = (
    <Button variant="primary" onClick={() => void navigate({ to: '/orders/new' })}>
      New order
    </Button>
  );
  const choose = (value: string | undefined): void =>
    void navigate({ to: '/orders', search: value ? { status: value } : {} });
  if (error && items.length === 0) return <PageError title="Orders" error={error} onRetry={retry} />;
  return (
    <Table<OrderFieldsFragment>
      {...collectionProps}
      variant="full-page"
      stickyHeader
      wrapLines
      items={sorted}
      trackBy="id"
      loading={loading}
      loadingText="Reading your orders"
      columnDefinitions={columns(currency, (id) => void navigate({ to: '/orders/$id', params: { id } }))}
      ariaLabels={{ tableLabel: 'Orders' }}
      header={
        <ListHeader list={list}>
          <Header
            variant="awsui-h1-sticky"
            counter={`(${items.length}${hasMore ? '+' : ''})`}
            description={hasMore ? 'Sorted among those that are shown; more are there.' : undefined}
            actions={create}
          >
            Orders
          </Header>
        </ListHeader>
      }
      filter={
        <Select
          ariaLabel="Status"
          selectedOption={choices.find(({ value }) => value === (status ?? '')) ?? all}
          options={choices}
          onChange={({ detail }) => choose(detail.selectedOption.value)}
        />
      }
      empty={
        status === undefined ? (
          <EmptyState title="No orders yet" action={create}>
            What your customers buy goes here.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing matches" action={<Button onClick={() => choose(undefined)}>All orders</Button>}>
            {hasMore
              ? `No order is ${formatEnum(
                  status,
                ).toLowerCase()} so far. There are more, which were not looked through yet.`
              : `No order is ${formatEnum(status).toLowerCase()}.`}
          </EmptyState>
        )
      }
      footer={hasMore && <ShowMore list={list} />}
    />
  );
}

function columns(currency: string, open: (id: string) => void): TableProps.ColumnDefinition<OrderFieldsFragment>[] {
  return [
    {
      id: 'number',
      header: 'Number',
      isRowHeader: true,
      sortingField: 'number',
      cell: ({ id, number }) => (
        <Link
          href={`/orders/${id}`}
          onFollow={(event) => {
            event.preventDefault();
            open(id);
          }}
        >
          {number}
        </Link>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      sortingField: 'status',
      cell: ({ status }) => <OrderStatusText status={status} />,
    },
    { id: 'total', header: 'Total', sortingField: 'total', cell: ({ total }) => formatMoney(total, currency) },
    {
      id: 'lines',
      header: 'Products',
      cell: ({ lines }) => lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', '),
    },
    {
      id: 'createdAt',
      header: 'Placed',
      sortingField: 'createdAt',
      cell: ({ createdAt }) => formatDateTime(createdAt),
    },
  ];
}
