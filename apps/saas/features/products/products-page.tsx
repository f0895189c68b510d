import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ProductFieldsFragment, ProductsDocument } from '../../../../generated/documents/saas/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ListHeader } from '../../../ui/components/list-header.tsx';
import { PageError } from '../../../ui/components/page-error.tsx';
import { ShowMore } from '../../../ui/components/show-more.tsx';
import { formatMoney } from '../../../ui/formats/money.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatRelative } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { useCurrency } from '../../shell/workspace.tsx';
import { useDeleteLater } from './delete-later.ts';
import { useSearchText } from './search-text.ts';

const fewLeft = 5;
const sortedInPart = 'Sorted among those that are shown; more are there.';

/** All products: search in the address, sorting by column, deleting with undo. */
export function ProductsPage() {
  const { search = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  const currency = useCurrency();
  const [typed, setTyped] = useSearchText(search, (words) =>
    navigate({ to: '/products', search: words === '' ? {} : { search: words }, replace: true }),
  );
  const [hidden, remove] = useDeleteLater();
  const list = usePages(
    ProductsDocument,
    search === '' ? {} : { filter: { nameContains: search } },
    ({ products }) => products,
  );
  const { items, error, loading, fetching, hasMore, retry } = list;
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
        <ListHeader list={list}>
          <Header
            variant="awsui-h1-sticky"
            counter={`(${sorted.length}${hasMore ? '+' : ''})`}
            description={hasMore && collectionProps.sortingColumn ? sortedInPart : undefined}
            actions={create}
          >
            Products
          </Header>
        </ListHeader>
      }
      filter={
        <TextFilter
          filteringText={typed}
          filteringPlaceholder="Find by name"
          filteringClearAriaLabel="Clear"
          filteringAriaLabel="Find products by name"
          countText={search && !fetching ? `${sorted.length}${hasMore ? '+' : ''} found` : ''}
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
            {hasMore
              ? `No product’s name has “${search}” in it so far. There are more, which were not looked through yet.`
              : `No product’s name has “${search}” in it.`}
          </EmptyState>
        )
      }
      footer={hasMore && <ShowMore list={list} />}
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
