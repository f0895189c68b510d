import { type EndOrderContext, readOrder, takeOrder } from '../lib/commerce/endOrder.ts';
import type { StoredOrder } from '../lib/commerce/order.ts';

export function request(ctx: EndOrderContext) {
  return readOrder(ctx);
}

export function response(ctx: EndOrderContext<StoredOrder | null>) {
  takeOrder(ctx);
  return {};
}
