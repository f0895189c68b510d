/** What the two steps of Query.orders share. */
import { type Context, util } from '@aws-appsync/utils';
import type { Order, OrderFilter, QueryOrdersArgs } from '../../../generated/application.ts';
import { badRequest } from '../badRequest.ts';
import { queryPartition } from '../dynamodb.ts';
import { failOnError } from '../failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems } from '../page.ts';
import { caller, shardPartition } from '../tenantKey.ts';
import { type StoredOrder, toOrder } from './order.ts';

export interface OrderPageStash {
  page: Page<Order>;
}

export type OrderPageContext = Context<
  QueryOrdersArgs,
  OrderPageStash,
  undefined,
  undefined,
  { readonly items: readonly StoredOrder[]; readonly nextToken: string | null }
>;

/** Items that one query reads at most to fill a filtered page. */
const mostEvaluated = 250;
const longestFilter = 200;

export function openOrderPage(ctx: OrderPageContext): Page<Order> {
  const { status, createdBy, placedSince } = ctx.args.filter ?? {};
  if (createdBy && createdBy.length > longestFilter) badRequest(`filter: expected at most ${longestFilter} characters`);
  const { tenantId, shardCount } = caller(ctx);
  const query = JSON.stringify(['orders', status ?? null, createdBy ?? null, placedSince ?? null]);
  return openPage({ owner: tenantId, query }, ctx.args, shardCount);
}

export function queryOrders(ctx: OrderPageContext) {
  const { page } = ctx.stash;
  const place = page.next;
  if (!place) return util.error('There is no further place to read from.', 'Fault');
  return queryPartition({
    partition: shardPartition(ctx, place.shard),
    sort: 'orderId',
    order: 'descending',
    after: place.after,
    limit: isFiltered(ctx.args.filter) ? mostEvaluated : itemsLacking(page),
  });
}

export function takeOrders(ctx: OrderPageContext): Page<Order> {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toOrder(item));
  const filter = ctx.args.filter;
  const recent = items.filter((order) => isSince(order, filter?.placedSince));
  const matching = isFiltered(filter) ? recent.filter((order) => matches(order, filter ?? {})) : recent;
  // The newest come first: behind one that is too old, all of the shard are.
  const more = ctx.result.nextToken !== null && recent.length === items.length;
  return takeItems(ctx.stash.page, { items, matching, more, sort: 'id' });
}

function isSince(order: Order, placedSince: string | null | undefined): boolean {
  if (!isGiven(placedSince)) return true;
  return epochOf(order.createdAt) >= epochOf(`${placedSince}`);
}

const epochOf = (time: string): number => util.time.parseISO8601ToEpochMilliSeconds(time);

function isFiltered(filter: OrderFilter | null | undefined): boolean {
  return !!filter && (isGiven(filter.status) || isGiven(filter.createdBy));
}

function matches(order: Order, { status, createdBy }: OrderFilter): boolean {
  if (isGiven(status) && order.status !== status) return false;
  return !isGiven(createdBy) || order.createdBy === createdBy;
}

function isGiven(part: string | null | undefined): boolean {
  return typeof part === 'string';
}
