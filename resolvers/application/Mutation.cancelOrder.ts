import { runtime } from '@aws-appsync/utils';
import { type EndOrderContext, readOrder, takeOrder } from '../lib/commerce/endOrder.ts';
import { holdsStock, refuseOrder, type StoredOrder } from '../lib/commerce/order.ts';

export function request(ctx: EndOrderContext) {
  return readOrder(ctx);
}

export function response(ctx: EndOrderContext<StoredOrder | null>) {
  const order = takeOrder(ctx);
  if (!holdsStock(order)) {
    const message = `The order is ${order.status}; only one that is PLACED or PAID can be cancelled.`;
    runtime.earlyReturn(refuseOrder('INVALID_STATE', 'id', message), { skipTo: 'END' });
  }
  return {};
}
