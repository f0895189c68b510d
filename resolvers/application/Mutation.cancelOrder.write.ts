import { util } from '@aws-appsync/utils';
import type { TransactionResult } from '../lib/cancellation.ts';
import { endingObstacle, type EndOrderContext, orderToEnd, returnStock } from '../lib/commerce/endOrder.ts';
import { type OrderPayload, type StoredOrder, toOrder } from '../lib/commerce/order.ts';
import { transactUpdate, transactWrite } from '../lib/dynamodb.ts';
import { orderKey } from '../lib/tenantKey.ts';

export function request(ctx: EndOrderContext) {
  const order = orderToEnd(ctx);
  const now = util.time.nowISO8601();
  ctx.stash.order = { ...order, status: 'CANCELLED', version: order.version + 1, updatedAt: now };
  const cancel = transactUpdate(
    `${ctx.env.ORDERS_TABLE}`,
    orderKey(ctx, order.orderId),
    {
      expression: 'SET #status = :cancelled, version = :version, updatedAt = :now',
      names: { status: 'status' },
      values: { cancelled: 'CANCELLED', version: order.version + 1, now },
    },
    { expression: 'version = :read', values: { read: order.version } },
  );
  return transactWrite([cancel, ...(ctx.stash.returns ?? []).map((line) => returnStock(ctx, line, now))]);
}

export function response(ctx: EndOrderContext<TransactionResult<StoredOrder> | null>): OrderPayload {
  return endingObstacle(ctx) ?? { order: toOrder(ctx.stash.order as StoredOrder), userErrors: [] };
}
