import type { Connection, Paging } from './pages.ts';

/** The most that one page holds. */
export const pageSize = 100;

export interface WholeList<Node> {
  readonly items: readonly Node[];
  /** Whether `items` is all there is. */
  readonly complete: boolean;
}

/** Reads a list up to so many pages: enough for figures, and no flood, also where pages are not full. */
export async function readWholeList<Node>(
  readPage: (paging: Paging) => Promise<Connection<Node>>,
  mostPages: number,
): Promise<WholeList<Node>> {
  const items: Node[] = [];
  let after: string | null | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { edges, pageInfo } = await readPage({ first: pageSize, ...(after && { after }) });
    items.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return { items, complete: true };
    after = pageInfo.endCursor;
  }
  return { items, complete: false };
}
