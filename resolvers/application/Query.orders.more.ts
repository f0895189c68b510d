/** Fills a short page from where the first query stopped: the rest of the shard, or the next one. */
import { runtime } from '@aws-appsync/utils';
import { type OrderPageContext, queryOrders, takeOrders } from '../lib/commerce/orderPage.ts';
import { isShort, toConnection } from '../lib/page.ts';

export function request(ctx: OrderPageContext) {
  if (!isShort(ctx.stash.page)) runtime.earlyReturn(toConnection(ctx.stash.page));
  return queryOrders(ctx);
}

export function response(ctx: OrderPageContext) {
  return toConnection(takeOrders(ctx));
}
