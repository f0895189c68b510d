import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import {
  CreateOrderDocument,
  type ProductFieldsFragment,
  ProductsDocument,
} from '../../../../generated/documents/saas/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { useApiMutation } from '../../../ui/react/queries.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePages } from '../../../ui/react/pages.ts';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { type Line, OrderLine, problemOf } from './order-line.tsx';
import { useKnownProduct, useOrderedProducts } from './ordered-products.ts';

const emptyLine: Line = { productId: '', quantity: '1' };
const mostLines = 50;

/** A new order: totals and stock are those of this moment, and the API's own when it is placed. */
export function NewOrderPage() {
  const currency = useCurrency();
  const navigate = useNavigate();
  const { show } = useNotices();
  const [lines, setLines] = useState<readonly Line[]>([emptyLine]);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [tried, setTried] = useState(false);
  const {
    items: products,
    error: unread,
    loading,
    hasMore,
    retry,
  } = usePages(ProductsDocument, {}, ({ products: page }) => page);
  const { mutate, isPending, error } = useApiMutation(CreateOrderDocument);

  const know = useKnownProduct();
  const byId = useOrderedProducts(lines.flatMap(({ productId }) => (productId === '' ? [] : [productId])));
  const problems = lines.map((line) => problemOf(line, byId.get(line.productId)));
  const total = lines.reduce(
    (sum, { productId, quantity }) => sum + (byId.get(productId)?.price ?? 0) * (Number(quantity) || 0),
    0,
  );
  const change = (place: number, line: Line | undefined): void => {
    setRefused({});
    setLines((all) => all.flatMap((each, index) => (index !== place ? [each] : line ? [line] : [])));
  };
  const select = (place: number, line: Line, product: ProductFieldsFragment): void => {
    know(product);
    change(place, { ...line, productId: product.id });
  };
  const place = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isPending || problems.some((problem) => problem !== undefined)) return;
    mutate(
      { input: { lines: lines.map(({ productId, quantity }) => ({ productId, quantity: Number(quantity) })) } },
      {
        onSuccess: ({ createOrder: { order, userErrors } }) => {
          setRefused(problemsByField(userErrors));
          if (!order) return;
          show({ type: 'success', content: `Order ${order.number} is placed.` });
          void navigate({ to: '/orders/$id', params: { id: order.id } });
        },
      },
    );
  };
  const header = <Header variant="h1">New order</Header>;
  if (unread && products.length === 0) return <PageError title="New order" error={unread} onRetry={retry} />;
  if (!loading && products.length === 0) {
    const create = <Button onClick={() => void navigate({ to: '/products/new' })}>New product</Button>;
    return (
      <ContentLayout header={header}>
        <EmptyState title="Nothing to order yet" action={create}>
          An order is made of products, and there are none.
        </EmptyState>
      </ContentLayout>
    );
  }
  return (
    <ContentLayout header={header}>
      <form onSubmit={place} noValidate>
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" variant="link" onClick={() => void navigate({ to: '/orders' })}>
                Cancel
              </Button>
              <Button variant="primary" loading={isPending} loadingText="Placing the order">
                Place order
              </Button>
            </SpaceBetween>
          }
        >
          <Container
            footer={
              <Box textAlign="right" variant="h3">
                <span aria-live="polite">Total {formatMoney(total, currency)}</span>
              </Box>
            }
          >
            <SpaceBetween size="m">
              {error && <ErrorNotice error={error} />}
              {refused[''] && <Alert type="error">{refused['']}</Alert>}
              {lines.map((line, index) => (
                <OrderLine
                  key={index}
                  place={index}
                  line={line}
                  product={byId.get(line.productId)}
                  taken={lines.filter((_, other) => other !== index).map(({ productId }) => productId)}
                  currency={currency}
                  problem={
                    refused[`lines.${index}.productId`] ??
                    refused[`lines.${index}.quantity`] ??
                    (tried ? problems[index] : undefined)
                  }
                  onChange={(changed) => change(index, changed)}
                  onSelect={(product) => select(index, line, product)}
                  onRemove={lines.length > 1 ? () => change(index, undefined) : undefined}
                />
              ))}
              <Button
                formAction="none"
                iconName="add-plus"
                disabled={lines.length >= (hasMore ? mostLines : Math.min(mostLines, products.length))}
                onClick={() => setLines((all) => [...all, emptyLine])}
              >
                Another product
              </Button>
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </ContentLayout>
  );
}
