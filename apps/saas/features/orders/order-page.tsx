import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import {
  CancelOrderDocument,
  OrderDocument,
  type OrderFieldsFragment,
  OrdersDocument,
  ProductsDocument,
  UpdateOrderDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { PageLoading } from '../../../ui/components/page-loading.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { queryKey, useApiMutation, useApiQuery } from '../../../ui/react/queries.ts';
import { showPushed } from '../../../ui/react/show-pushed.ts';
import { NotFound } from '../../../ui/components/not-found.tsx';
import { useNotices } from '../../../ui/react/notices.tsx';
import type { UserError } from '../../../ui/graphql/problems.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { nextStatus, OrderStatusText } from './order-status.tsx';

export function OrderPage() {
  const { id } = useParams({ from: '/orders/$id' });
  const { data, error, refetch } = useApiQuery(OrderDocument, { id });
  if (error) return <PageError title="Order" error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageLoading title="Order" what="the order" />;
  return data.order ? <OrderDetails order={data.order} /> : <NotFound />;
}

function OrderDetails({ order }: { readonly order: OrderFieldsFragment }) {
  const currency = useCurrency();
  const { number, status, total, createdAt, updatedAt, lines } = order;
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Actions order={order} />}>
          Order {number}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container>
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Status', value: <OrderStatusText status={status} /> },
              { label: 'Total', value: formatMoney(total, currency) },
              { label: 'Placed', value: formatDateTime(createdAt) },
              { label: 'Changed', value: formatDateTime(updatedAt) },
            ]}
          />
        </Container>
        <Table
          items={lines}
          trackBy="productId"
          wrapLines
          ariaLabels={{ tableLabel: 'Lines' }}
          header={<Header counter={`(${lines.length})`}>Products</Header>}
          columnDefinitions={[
            { id: 'name', header: 'Product', isRowHeader: true, cell: ({ name }) => name },
            { id: 'quantity', header: 'Quantity', cell: ({ quantity }) => formatNumber(quantity) },
            {
              id: 'unitPrice',
              header: 'Price',
              minWidth: 110,
              cell: ({ unitPrice }) => formatMoney(unitPrice, currency),
            },
            {
              id: 'sum',
              header: 'Sum',
              minWidth: 110,
              cell: ({ quantity, unitPrice }) => formatMoney(quantity * unitPrice, currency),
            },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

/** What can be done with the order as it is now. */
function Actions({ order }: { readonly order: OrderFieldsFragment }) {
  const { id, status, version, number } = order;
  const { show, showError } = useNotices();
  const queries = useQueryClient();
  const update = useApiMutation(UpdateOrderDocument);
  const cancel = useApiMutation(CancelOrderDocument);
  const next = nextStatus[status];
  const settle = (
    changed: OrderFieldsFragment | null | undefined,
    errors: readonly UserError[],
    done: string,
  ): void => {
    if (changed) void showPushed(queries, OrderDocument, { id }, { order: changed });
    for (const document of [OrdersDocument, ProductsDocument])
      void queries.invalidateQueries({ queryKey: queryKey(document) });
    const [problem] = errors;
    show(problem ? { type: 'error', content: problem.message } : { type: 'success', content: done });
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {(status === 'PLACED' || status === 'PAID') && (
        <Button
          loading={cancel.isPending}
          onClick={() =>
            cancel.mutate(
              { input: { id } },
              {
                onSuccess: ({ cancelOrder: { order: changed, userErrors } }) =>
                  settle(changed, userErrors, `Order ${number} is cancelled; its stock is back.`),
                onError: (error) => showError(error),
              },
            )
          }
        >
          Cancel order
        </Button>
      )}
      {next && (
        <Button
          variant="primary"
          loading={update.isPending}
          onClick={() =>
            update.mutate(
              { input: { id, status: next, expectedVersion: version } },
              {
                onSuccess: ({ updateOrder: { order: changed, userErrors } }) =>
                  settle(changed, userErrors, `Order ${number} is ${formatEnum(next).toLowerCase()}.`),
                onError: (error) => showError(error),
              },
            )
          }
        >
          Mark as {formatEnum(next).toLowerCase()}
        </Button>
      )}
    </SpaceBetween>
  );
}
