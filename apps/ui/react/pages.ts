import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { TypedDocument } from '../graphql/document.ts';
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

/** A list as far as it was read, with how to read more. `connectionOf` finds it in the answer. */
export function usePages<Result, Node, Variables extends object>(
  document: TypedDocument<Result, Variables & Paging>,
  variables: NoInfer<Variables>,
  connectionOf: (result: Result) => Connection<Node>,
) {
  const { graphql } = useApi();
  const { data, error, isPending, isFetching, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery({
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
  const items = (data?.pages ?? []).flatMap((page) => connectionOf(page).edges.map(({ node }) => node));
  return {
    items,
    error,
    loading: isPending,
    fetching: isFetching,
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}
