import { useQuery } from '@tanstack/react-query';
import type { TypedDocument } from '../../ui/graphql/document.ts';
import { useApi } from '../../ui/react/api.tsx';
import type { Connection, Paging } from '../../ui/react/pages.ts';
import { queryKey } from '../../ui/react/queries.ts';

/** The most that one page holds, and the most pages that are read: enough for figures, and no flood. */
const pageSize = 100;
const mostPages = 20;

export interface Whole<Node> {
  readonly items: readonly Node[];
  /** Whether `items` is all there is. */
  readonly complete: boolean;
}

/** A whole list, up to 2,000 entries, for figures over all of them. */
export function useAllPages<Result, Node>(
  document: TypedDocument<Result, Paging>,
  connectionOf: (result: Result) => Connection<Node>,
) {
  const { graphql } = useApi();
  return useQuery<Whole<Node>>({
    queryKey: [...queryKey(document), 'all'],
    queryFn: async ({ signal }) => {
      const items: Node[] = [];
      let after: string | null | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const variables = { first: pageSize, ...(after && { after }) };
        const { edges, pageInfo } = connectionOf(await graphql.request(document, variables, { signal }));
        items.push(...edges.map(({ node }) => node));
        if (!pageInfo.hasNextPage) return { items, complete: true };
        after = pageInfo.endCursor;
      }
      return { items, complete: false };
    },
  });
}
