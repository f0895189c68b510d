import type { QueryClient } from '@tanstack/react-query';
import type { TypedDocument } from '../graphql/document.ts';
import { queryKey } from './queries.ts';

/**
 * Puts what a subscription tells, or a mutation answers, into the cache. A read that is under way may have been answered before this
 * change and arrive after it, to stay there for good, since nothing more is told: so it is dropped.
 */
export async function showPushed<Result, Variables extends object>(
  queries: QueryClient,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  data: Result,
): Promise<void> {
  const key = queryKey(document, variables);
  await queries.cancelQueries({ queryKey: key, exact: true });
  queries.setQueryData<Result>(key, data);
}
