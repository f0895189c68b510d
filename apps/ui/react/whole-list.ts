import { type QueryClient, useQuery } from '@tanstack/react-query';
import { operationName, type TypedDocument } from '../graphql/document.ts';
import { useApi } from './api.tsx';
import type { Connection, Paging } from './pages.ts';
import { pageSize, readWholeList, type WholeList } from './read-whole-list.ts';

const mostPages = 10;
export const mostOfWholeList = pageSize * mostPages;

/** Not a key of queries.ts: what makes those lists be read again tells of one change, for which this list is not read anew page by page. */
const keyOf = (document: { toString(): string }): readonly unknown[] => ['whole list', operationName(document)];

/** A whole list, up to 1,000 entries, for figures over all of them. What changes in it, `changeWholeList` says. */
export function useWholeList<Result, Node, Variables extends object>(
  document: TypedDocument<Result, Variables & Paging>,
  variables: NoInfer<Variables>,
  connectionOf: (result: Result) => Connection<Node>,
) {
  const { graphql } = useApi();
  const { data, error, isPending, refetch } = useQuery<WholeList<Node>>({
    queryKey: [...keyOf(document), variables],
    queryFn: ({ signal }) =>
      readWholeList(
        async (paging) => connectionOf(await graphql.request(document, { ...variables, ...paging }, { signal })),
        mostPages,
      ),
  });
  return { list: data, error, loading: isPending, retry: () => void refetch() };
}

/** Shows a change in the whole lists of a document, where they are read at all. One that is being read is begun anew: it may miss the change. */
export function changeWholeList<Node extends { readonly id: string }>(
  queries: QueryClient,
  document: { toString(): string },
  node: Node,
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): void {
  const queryKey = keyOf(document);
  if (queries.isFetching({ queryKey }) > 0) {
    void queries.cancelQueries({ queryKey }).then(() => readWholeListAgain(queries, document));
    return;
  }
  queries.setQueriesData<WholeList<Node>>(
    { queryKey },
    (whole) => whole && { ...whole, items: changed(whole.items, node, change) },
  );
}

/** After a time in which changes were not told. */
export function readWholeListAgain(queries: QueryClient, document: { toString(): string }): void {
  void queries.invalidateQueries({ queryKey: keyOf(document) });
}

function changed<Node extends { readonly id: string }>(
  items: readonly Node[],
  node: Node,
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): readonly Node[] {
  if (change === 'DELETED') return items.filter(({ id }) => id !== node.id);
  if (items.some(({ id }) => id === node.id)) return items.map((item) => (item.id === node.id ? node : item));
  return change === 'CREATED' ? [node, ...items] : items;
}
