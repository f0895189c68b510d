/** Puts the order and takes the stock in one transaction, at the prices that were read or not at all. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MutationCreateOrderArgs, OrderLine } from '../../generated/application.ts';
import { type CancellationReason, isContention, isObstacle, type TransactionResult } from '../lib/cancellation.ts';
import { outOfStock, productChanged, productGone } from '../lib/commerce/cart.ts';
import { type OrderPayload, toOrder } from '../lib/commerce/order.ts';
import type { StoredProduct } from '../lib/commerce/product.ts';
import { transactPut, transactUpdate, transactWrite } from '../lib/dynamodb.ts';
import { failOnError, isTransactionCancelled } from '../lib/failOnError.ts';
import { caller, orderKey, productKey } from '../lib/tenantKey.ts';
import type { CreateOrderStash } from './Mutation.createOrder.ts';

type WriteContext = Context<
  MutationCreateOrderArgs,
  CreateOrderStash,
  { readonly result: OrderPayload },
  undefined,
  TransactionResult<StoredProduct> | null
>;

export function request(ctx: WriteContext) {
  if (!ctx.stash.order) return runtime.earlyReturn(ctx.prev.result);
  const { orderId, ...order } = ctx.stash.order;
  const item = { ...order, tenantId: caller(ctx).tenantId };
  const put = transactPut(`${ctx.env.ORDERS_TABLE}`, orderKey(ctx, orderId), item, {
    expression: 'attribute_not_exists(orderId)',
  });
  const sales = order.lines.map((line) => sell(ctx, line, order.createdAt));
  return transactWrite([put, ...sales]);
}

function sell(ctx: WriteContext, line: OrderLine, now: string) {
  return transactUpdate(
    `${ctx.env.PRODUCTS_TABLE}`,
    productKey(ctx, line.productId),
    {
      expression: 'SET stock = stock - :quantity, version = version + :one, updatedAt = :now',
      values: { quantity: line.quantity, one: 1, now },
    },
    { expression: 'price = :price AND stock >= :quantity', values: { price: line.unitPrice, quantity: line.quantity } },
  );
}

export function response(ctx: WriteContext): OrderPayload {
  const order = ctx.stash.order as NonNullable<CreateOrderStash['order']>;
  if (!isTransactionCancelled(ctx)) {
    failOnError(ctx);
    return { order: toOrder(order), userErrors: [] };
  }
  const reasons = (ctx.result?.cancellationReasons ?? []).slice(1);
  const userErrors = order.lines.flatMap((line, index) => {
    const reason = reasons[index];
    return reason && isObstacle(reason) ? [obstacle(index, line, reason)] : [];
  });
  if (userErrors.length === 0) util.error('The order could not be placed; try again.', 'Conflict');
  return { order: null, userErrors };
}

function obstacle(index: number, line: OrderLine, reason: CancellationReason<StoredProduct>) {
  if (isContention(reason)) return productChanged(index, `${line.name} is being changed; try again.`);
  const product = reason.item;
  if (!product) return productGone(index);
  if (product.price !== line.unitPrice) {
    return productChanged(index, `${line.name} costs ${product.price} now instead of ${line.unitPrice}.`);
  }
  return outOfStock(index, product);
}
