import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../ui/components/error-notice.tsx';
import type { usePages } from '../../ui/react/pages.ts';

type Pages = ReturnType<typeof usePages>;

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

/** A list as it is read: loading, empty, error, and more of it on request. */
export function ListTable<Item>({ title, description, list, columns, embedded, ...rest }: ListTableProps<Item>) {
  const { items, error, loading, fetching, hasMore, more, retry } = list;
  const header = (
    <Header
      variant={embedded ? 'h2' : 'awsui-h1-sticky'}
      counter={`(${items.length}${hasMore ? '+' : ''})`}
      description={description}
      actions={rest.actions}
    >
      {title}
    </Header>
  );
  return (
    <Table<Item>
      variant={embedded ? 'container' : 'full-page'}
      stickyHeader={!embedded}
      wrapLines
      items={items}
      trackBy={rest.trackBy}
      loading={loading}
      loadingText="Reading"
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: title }}
      header={header}
      filter={rest.filter}
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
