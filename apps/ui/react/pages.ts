import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { TypedDocument } from '../graphql/document.ts';
import { useEffect } from 'react';
import { useApi } from './api.tsx';
import { queryKey } from './queries.ts';

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** What every list takes beside its own variables. */
export interface Paging {
  readonly first?: number | null;
  readonly after?: string | null;
}

const pageSize = 50;
/** A page of a filtered list may be empty though more is to come. So many are read at a stretch, each of which has looked through hundreds of entries. */
const mostPages = 10;

/** A list as far as it was read, with how to read more. `connectionOf` finds it in the answer. Empty pages are passed over by themselves. */
export function usePages<Result, Node, Variables extends object>(
  document: TypedDocument<Result, Variables & Paging>,
  variables: NoInfer<Variables>,
  connectionOf: (result: Result) => Connection<Node>,
) {
  const { graphql } = useApi();
  const query = useInfiniteQuery({
    queryKey: queryKey(document, variables),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      graphql.request(
        document,
        { ...variables, first: pageSize, ...(pageParam !== undefined && { after: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => {
      const { hasNextPage: more, endCursor } = connectionOf(page).pageInfo;
      return more ? endCursor ?? undefined : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const { data, error, isPending, isFetching, isFetchNextPageError, isPlaceholderData, hasNextPage } = query;
  const { fetchNextPage, refetch } = query;
  const pages = (data?.pages ?? []).map((page) => connectionOf(page).edges.map(({ node }) => node));
  const items = pages.flat();
  const isShort = pages.at(-1)?.length === 0 && hasNextPage && !error && !isPlaceholderData;
  const readsOn = isShort && pages.length % mostPages !== 0;
  useEffect(() => {
    if (readsOn && !isFetching) void fetchNextPage({ cancelRefetch: false });
  }, [readsOn, isFetching, fetchNextPage]);
  return {
    items,
    error,
    loading: isPending || (readsOn && items.length === 0),
    fetching: isFetching,
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
    /** Reads again what could not be read. */
    retry: () => void (isFetchNextPageError ? fetchNextPage() : refetch()),
  };
}
