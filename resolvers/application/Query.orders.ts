import { openOrderPage, type OrderPageContext, queryOrders, takeOrders } from '../lib/commerce/orderPage.ts';
import { toConnection } from '../lib/page.ts';

export function request(ctx: OrderPageContext) {
  ctx.stash.page = openOrderPage(ctx);
  return queryOrders(ctx);
}

export function response(ctx: OrderPageContext) {
  ctx.stash.page = takeOrders(ctx);
  return toConnection(ctx.stash.page);
}
