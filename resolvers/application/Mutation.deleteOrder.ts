import { type EndOrderContext, readOrder } from '../lib/commerce/endOrder.ts';
import { noSuchOrder, type StoredOrder } from '../lib/commerce/order.ts';
import { failOnError } from '../lib/failOnError.ts';

export function request(ctx: EndOrderContext) {
  return readOrder(ctx);
}

export function response(ctx: EndOrderContext<StoredOrder | null>) {
  failOnError(ctx);
  if (!ctx.result) return noSuchOrder;
  ctx.stash.order = ctx.result;
  return {};
}
