import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../ui/components/error-notice.tsx';
import type { usePages } from '../../ui/react/pages.ts';

type Pages = ReturnType<typeof usePages>;

/** A status in one line; a narrow screen scrolls the table instead of breaking words. */
const narrowest = 115;

export interface ListTableProps<Item> {
  readonly title: string;
  readonly description?: string;
  /** As usePages answers it. */
  readonly list: Omit<Pages, 'items'> & { readonly items: Item[] };
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
  readonly trackBy: keyof Item & string;
  readonly actions?: ReactNode;
  readonly filter?: ReactNode;
  readonly empty: ReactNode;
  /** Within a page that has a heading of its own. */
  readonly embedded?: boolean;
}

/** A list as it is read: loading, empty, error, and more of it on request; sorted by columns that have a `sortingField`. */
export function ListTable<Item>({ title, columns, description, list, embedded, ...rest }: ListTableProps<Item>) {
  const { error, loading, fetching, hasMore, more, retry } = list;
  const { items, collectionProps } = useCollection(list.items, { sorting: {} });
  const isSortedInPart = hasMore && collectionProps.sortingColumn !== undefined;
  // What is shown is old then, or not all that was asked for.
  const notice = error && items.length > 0 && <ErrorNotice error={error} onRetry={retry} />;
  const header = (
    <Header
      variant={embedded ? 'h2' : 'awsui-h1-sticky'}
      counter={`(${items.length}${hasMore ? '+' : ''})`}
      description={isSortedInPart ? 'Sorted among those that are shown; more are there.' : description}
      actions={rest.actions}
    >
      {title}
    </Header>
  );
  return (
    <Table<Item>
      {...collectionProps}
      variant={embedded ? 'container' : 'full-page'}
      stickyHeader={!embedded}
      wrapLines
      items={items}
      trackBy={rest.trackBy}
      loading={loading}
      loadingText="Reading"
      columnDefinitions={columns.map((column) => ({ minWidth: narrowest, ...column }))}
      ariaLabels={{ tableLabel: title }}
      header={header}
      filter={
        (notice || rest.filter) && (
          <SpaceBetween size="s">
            {notice}
            {rest.filter}
          </SpaceBetween>
        )
      }
      // What was asked for stays in reach: an error may be the filter's.
      empty={error ? <ErrorNotice error={error} onRetry={retry} /> : rest.empty}
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
