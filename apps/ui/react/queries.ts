import { QueryClient, useMutation, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { operationName, type TypedDocument } from '../graphql/document.ts';
import type { RequestOptions } from '../graphql/client.ts';
import { useApi } from './api.tsx';

/** The GraphQL client retries by itself, and live data says when something changed. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: false },
    },
  });
}

/** The key of a query, or of all of that document where no variables are given: for invalidateQueries. */
export function queryKey(document: { toString(): string }, variables?: object): readonly unknown[] {
  return variables === undefined ? [operationName(document)] : [operationName(document), variables];
}

type Options<Result> = Omit<UseQueryOptions<Result>, 'queryKey' | 'queryFn'>;

/** A query of the API above, cached by its name and variables. `error` is an ApiError. */
export function useApiQuery<Result, Variables extends object>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  options: Options<Result> = {},
): UseQueryResult<Result> {
  const { graphql } = useApi();
  return useQuery<Result>({
    queryKey: queryKey(document, variables),
    queryFn: ({ signal }) => graphql.request(document, variables, { signal }),
    ...options,
  });
}

/** A mutation of the API above; what a person can mend is in the payload's userErrors. */
export function useApiMutation<Result, Variables extends object>(
  document: TypedDocument<Result, Variables>,
  options: Pick<RequestOptions, 'repeatable'> = {},
) {
  const { graphql } = useApi();
  return useMutation<Result, Error, Variables>({
    mutationFn: (variables) => graphql.request(document, variables, options),
  });
}
