/**
 * Relay pages over the keyed queries of one list, which may lie in several shards. A page is read in up to two queries:
 * `openPage` checks the arguments, `takeItems` keeps what a query found (one item more than asked for tells whether
 * there is a next page), `toConnection` answers. Between the steps of a pipeline the page lives in the stash.
 */
import { badRequest } from './badRequest.ts';
import { type List, type Position, readCursor, writeCursor } from './cursor.ts';

const mostItems = 100;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Page<Item> {
  readonly list: List;
  readonly first: number;
  readonly startsAtBeginning: boolean;
  readonly shardCount: number;
  readonly found: readonly Found<Item>[];
  /** Where reading goes on; null when the list has ended. */
  readonly next: Position | null;
}

interface Found<Item> {
  readonly item: Item;
  readonly position: Position;
}

/** Ends the field with BadRequest if `first` is below 1 or `after` is not a cursor of this list; `first` over 100 is 100. */
export function openPage<Item>(list: List, { first, after }: PageArguments, shardCount = 1): Page<Item> {
  const size = first ?? 20;
  if (size < 1) badRequest(`first: ${size}, expected 1 to ${mostItems}`);
  const next = after ? readCursor(list, after) : { shard: 0, after: '' };
  const isShard = next.shard >= 0 && next.shard < shardCount && next.shard === Math.floor(next.shard);
  if (!isShard) badRequest('after: this cursor is of another list');
  return { list, first: Math.min(size, mostItems), startsAtBeginning: !after, shardCount, found: [], next };
}

/** One more than the page still lacks: whether there is a next page shows without another query. */
export function itemsLacking<Item>(page: Page<Item>): number {
  return page.first + 1 - page.found.length;
}

export interface QueryAnswer<Item> {
  /** What was evaluated, in order. */
  readonly items: readonly Item[];
  /** Those of them that the filter keeps. */
  readonly matching: readonly Item[];
  /** Whether the query may have stopped before the shard's end. */
  readonly more: boolean;
  /** The sort key's name in the items, `id` for one. */
  readonly sort: string;
}

/** The page with what one query of `page.next` found. */
export function takeItems<Item extends object>(page: Page<Item>, answer: QueryAnswer<Item>): Page<Item> {
  const place = page.next;
  if (!place) return page;
  const { shard } = place;
  const taken = answer.matching.slice(0, itemsLacking(page));
  const found = taken.map((item) => ({ item, position: { shard, after: sortKey(item, answer.sort) } }));
  return { ...page, found: [...page.found, ...found], next: nextPlace(page, place, answer) };
}

function nextPlace<Item extends object>(page: Page<Item>, place: Position, answer: QueryAnswer<Item>): Position | null {
  const last = answer.items[answer.items.length - 1];
  if (answer.more && last) return { shard: place.shard, after: sortKey(last, answer.sort) };
  return place.shard + 1 < page.shardCount ? { shard: place.shard + 1, after: '' } : null;
}

/** Whether another query could find more for this page. */
export function isShort<Item>(page: Page<Item>): boolean {
  return page.next !== null && itemsLacking(page) > 0;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** The connection. Its nodes are the items as `takeItems` got them. */
export function toConnection<Item>(page: Page<Item>): Connection<Item> {
  const edges = page.found
    .slice(0, page.first)
    .map(({ item, position }) => ({ cursor: writeCursor(page.list, position), node: item }));
  const isFull = page.found.length > page.first;
  const lastCursor = edges[edges.length - 1]?.cursor ?? null;
  return {
    edges,
    pageInfo: {
      hasNextPage: isFull || page.next !== null,
      hasPreviousPage: !page.startsAtBeginning,
      startCursor: edges[0]?.cursor ?? null,
      // A page that a filter left short goes on where reading stopped, not behind its last edge.
      endCursor: !isFull && page.next ? writeCursor(page.list, page.next) : lastCursor,
    },
  };
}

function sortKey(item: object, name: string): string {
  return (item as Readonly<Record<string, string>>)[name] ?? '';
}
