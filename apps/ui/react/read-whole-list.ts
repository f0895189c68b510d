import type { Connection, Paging } from './pages.ts';

/** The most that one page holds. */
const pageSize = 100;

export interface WholeList<Node> {
  readonly items: readonly Node[];
  /** Whether `items` is all there is. */
  readonly complete: boolean;
}

/** Reads a list page by page up to so many entries: enough for figures, and no flood. */
export async function readWholeList<Node>(
  readPage: (paging: Paging) => Promise<Connection<Node>>,
  most: number,
): Promise<WholeList<Node>> {
  const items: Node[] = [];
  let after: string | null | undefined;
  while (items.length < most) {
    const { edges, pageInfo } = await readPage({ first: pageSize, ...(after && { after }) });
    items.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return { items, complete: true };
    after = pageInfo.endCursor;
  }
  return { items, complete: false };
}
