import { util } from '@aws-appsync/utils';
import type { TransactionResult } from '../lib/cancellation.ts';
import { endingObstacle, type EndOrderContext, orderToEnd, returnStock } from '../lib/commerce/endOrder.ts';
import { type OrderPayload, type StoredOrder, toOrder } from '../lib/commerce/order.ts';
import { transactDelete, transactWrite } from '../lib/dynamodb.ts';
import { orderKey } from '../lib/tenantKey.ts';

export function request(ctx: EndOrderContext) {
  const order = orderToEnd(ctx);
  const now = util.time.nowISO8601();
  const removal = transactDelete(`${ctx.env.ORDERS_TABLE}`, orderKey(ctx, order.orderId), {
    expression: 'version = :read',
    values: { read: order.version },
  });
  return transactWrite([removal, ...(ctx.stash.returns ?? []).map((line) => returnStock(ctx, line, now))]);
}

export function response(ctx: EndOrderContext<TransactionResult<StoredOrder> | null>): OrderPayload {
  return endingObstacle(ctx) ?? { order: toOrder(ctx.stash.order as StoredOrder), userErrors: [] };
}
