import { type EndOrderContext, readOrder } from '../lib/commerce/endOrder.ts';
import { holdsStock, noSuchOrder, refuseOrder, type StoredOrder } from '../lib/commerce/order.ts';
import { failOnError } from '../lib/failOnError.ts';

export function request(ctx: EndOrderContext) {
  return readOrder(ctx);
}

export function response(ctx: EndOrderContext<StoredOrder | null>) {
  failOnError(ctx);
  const order = ctx.result;
  if (!order) return noSuchOrder;
  if (!holdsStock(order)) {
    const rule = 'only one that is PLACED or PAID can be cancelled';
    return refuseOrder('INVALID_STATE', 'id', `The order is ${order.status}; ${rule}.`);
  }
  ctx.stash.order = order;
  return {};
}
