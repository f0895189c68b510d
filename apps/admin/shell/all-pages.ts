import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { TypedDocument } from '../../ui/graphql/document.ts';
import { useApi } from '../../ui/react/api.tsx';
import type { Connection, Paging } from '../../ui/react/pages.ts';
import { queryKey } from '../../ui/react/queries.ts';
import { readWholeList, type WholeList } from '../../ui/react/read-whole-list.ts';

/** Of 100 entries. */
const mostPages = 20;

const wholeKey = (document: { toString(): string }): readonly unknown[] => [...queryKey(document), 'all'];

/** A whole list, up to 2,000 entries, for figures over all of them. */
export function useAllPages<Result, Node>(
  document: TypedDocument<Result, Paging>,
  connectionOf: (result: Result) => Connection<Node>,
) {
  const { graphql } = useApi();
  return useQuery<WholeList<Node>>({
    queryKey: wholeKey(document),
    queryFn: ({ signal }) =>
      readWholeList(async (paging) => connectionOf(await graphql.request(document, paging, { signal })), mostPages),
  });
}

export interface Told<Node> {
  readonly node: Node;
  /** Of the list's order, and of one entry in it. */
  orderOf(node: Node): string;
  idOf(node: Node): string;
}

/**
 * Shows a change that was told in every list of the document: a whole one gets it as it is, since reading that anew is many requests; the
 * others are read anew.
 */
export function showInLists<Node>(
  queries: QueryClient,
  document: { toString(): string },
  { node, orderOf, idOf }: Told<Node>,
): void {
  const key = wholeKey(document);
  const isWhole = ({ queryKey: own }: { readonly queryKey: readonly unknown[] }): boolean => own[1] === key[1];
  void queries.invalidateQueries({ queryKey: queryKey(document), predicate: (query) => !isWhole(query) });
  const whole = queries.getQueryState<WholeList<Node>>(key);
  if (!whole) return;
  if (!whole.data || whole.fetchStatus !== 'idle') {
    // A read that is under way may have passed the place already, and a first one is not begun anew by itself.
    void queries.cancelQueries({ queryKey: key }).then(() => queries.invalidateQueries({ queryKey: key }));
    return;
  }
  const { items, complete } = whole.data;
  const others = items.filter((each) => idOf(each) !== idOf(node));
  const later = others.findIndex((each) => orderOf(each) > orderOf(node));
  // Behind the last of a part there are others that nobody has read.
  if (later < 0 && !complete && others.length === items.length) return;
  const place = later < 0 ? others.length : later;
  queries.setQueryData<WholeList<Node>>(key, {
    complete,
    items: [...others.slice(0, place), node, ...others.slice(place)],
  });
}
