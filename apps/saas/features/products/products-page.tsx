import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type ProductFieldsFragment, ProductsDocument } from '../../../../generated/documents/saas/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatRelative } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { useDeleteLater } from './delete-later.ts';

const fewLeft = 5;
/** How long after the last key the list is asked for. */
const typingPause = 250;

/** All products: search in the address, sorting by column, deleting with undo. */
export function ProductsPage() {
  const { search = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const currency = useCurrency();
  const [typed, setTyped] = useState(search);
  const [hidden, remove] = useDeleteLater();
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== search)
        void navigate({ to: '/products', search: typed === '' ? {} : { search: typed }, replace: true });
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);

  const { items, error, loading, fetching, hasMore, more, retry } = usePages(
    ProductsDocument,
    search === '' ? {} : { filter: { nameContains: search } },
    ({ products }) => products,
  );
  const { items: sorted, collectionProps } = useCollection(
    items.filter(({ id }) => !hidden.has(id)),
    { sorting: {} },
  );
  const open = (id: string): void => void navigate({ to: '/products/$id', params: { id } });
  const create = (
    <Button variant="primary" onClick={() => void navigate({ to: '/products/new' })}>
      New product
    </Button>
  );
  if (error && items.length === 0) return <PageError title="Products" error={error} onRetry={retry} />;
  return (
    <Table<ProductFieldsFragment>
      {...collectionProps}
      variant="full-page"
      stickyHeader
      wrapLines
      items={sorted}
      trackBy="id"
      loading={loading}
      loadingText="Reading your products"
      columnDefinitions={columns(currency, open, remove)}
      ariaLabels={{ tableLabel: 'Products' }}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={hasMore ? `(${items.length}+)` : `(${sorted.length})`}
          actions={create}
        >
          Products
        </Header>
      }
      filter={
        <TextFilter
          filteringText={typed}
          filteringPlaceholder="Find by name"
          filteringClearAriaLabel="Clear"
          filteringAriaLabel="Find products by name"
          countText={search && !fetching ? `${sorted.length} found` : ''}
          onChange={({ detail }) => setTyped(detail.filteringText)}
        />
      }
      empty={
        search === '' ? (
          <EmptyState title="No products yet" action={create}>
            What you sell goes here, with its price and stock.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing matches" action={<Button onClick={() => setTyped('')}>Clear the search</Button>}>
            No product’s name has “{search}” in it.
          </EmptyState>
        )
      }
      footer={
        hasMore && (
          <Box textAlign="center">
            <Button loading={fetching} onClick={more}>
              Show more
            </Button>
          </Box>
        )
      }
    />
  );
}

function columns(
  currency: string,
  open: (id: string) => void,
  remove: (product: ProductFieldsFragment) => void,
): TableProps.ColumnDefinition<ProductFieldsFragment>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortingField: 'name',
      isRowHeader: true,
      cell: ({ id, name }) => (
        <Link
          href={`/products/${id}`}
          onFollow={(event) => {
            event.preventDefault();
            open(id);
          }}
        >
          {name}
        </Link>
      ),
    },
    { id: 'sku', header: 'SKU', minWidth: 110, sortingField: 'sku', cell: ({ sku }) => sku },
    { id: 'category', header: 'Category', sortingField: 'category', cell: ({ category }) => category ?? '–' },
    { id: 'price', header: 'Price', sortingField: 'price', cell: ({ price }) => formatMoney(price, currency) },
    { id: 'stock', header: 'Stock', sortingField: 'stock', cell: ({ stock }) => <Stock count={stock} /> },
    {
      id: 'updatedAt',
      header: 'Changed',
      minWidth: 140,
      sortingField: 'updatedAt',
      cell: ({ updatedAt }) => formatRelative(updatedAt),
    },
    {
      id: 'actions',
      header: 'Actions',
      minWidth: 140,
      cell: (product) => (
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="inline-link" ariaLabel={`Edit ${product.name}`} onClick={() => open(product.id)}>
            Edit
          </Button>
          <Button variant="inline-link" ariaLabel={`Delete ${product.name}`} onClick={() => remove(product)}>
            Delete
          </Button>
        </SpaceBetween>
      ),
    },
  ];
}

/** A product's stock, with a word where it is low or none. */
export function Stock({ count }: { readonly count: number }) {
  if (count === 0) return <StatusIndicator type="error">Sold out</StatusIndicator>;
  if (count <= fewLeft) return <StatusIndicator type="warning">{formatNumber(count)} left</StatusIndicator>;
  return formatNumber(count);
}
