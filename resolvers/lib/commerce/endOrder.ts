/**
 * What cancelling and deleting an order share. Both read the order, then which of its products are still there, then
 * write: the order and the returned stock change in one transaction or not at all.
 */
import { type Context, runtime } from '@aws-appsync/utils';
import type { OrderLine } from '../../../generated/application.ts';
import { isObstacle, type TransactionResult } from '../cancellation.ts';
import { batchGetItems, getItem, transactUpdate } from '../dynamodb.ts';
import { failOnError, isTransactionCancelled } from '../failOnError.ts';
import { isIdentifier } from '../identifier.ts';
import { orderKey, productKey } from '../tenantKey.ts';
import { holdsStock, noSuchOrder, type OrderPayload, refuseOrder, type StoredOrder } from './order.ts';
import type { StoredProduct } from './product.ts';

export interface EndOrderArguments {
  readonly input: { readonly id: string };
}

export interface EndOrderStash {
  /** The order as it was read; absent where there is nothing to end. */
  order?: StoredOrder;
  /** Lines whose stock can be returned: their products are still there. */
  returns?: readonly OrderLine[];
}

export type EndOrderContext<Result = unknown> = Context<
  EndOrderArguments,
  EndOrderStash,
  { readonly result: unknown },
  undefined,
  Result
>;

export function readOrder(ctx: EndOrderContext) {
  const { id } = ctx.args.input;
  if (!isIdentifier(id)) runtime.earlyReturn(noSuchOrder, { skipTo: 'END' });
  return getItem(orderKey(ctx, id));
}

/** The order that the steps before want ended; without one, this step and those behind it pass their answer on. */
export function orderToEnd(ctx: EndOrderContext): StoredOrder {
  return ctx.stash.order ?? runtime.earlyReturn(ctx.prev.result);
}

/** Reads the products whose stock is to be returned; skips the read if the goods have left. */
export function readReturns(ctx: EndOrderContext) {
  const order = orderToEnd(ctx);
  if (!holdsStock(order)) runtime.earlyReturn({});
  return batchGetItems(
    `${ctx.env.PRODUCTS_TABLE}`,
    order.lines.map((line) => productKey(ctx, line.productId)),
  );
}

type BatchResult = { readonly data: Readonly<Record<string, readonly (StoredProduct | null)[]>> };

export function takeReturns(ctx: EndOrderContext<BatchResult>) {
  failOnError(ctx);
  const there = (ctx.result.data[`${ctx.env.PRODUCTS_TABLE}`] ?? []).map((product) => product?.productId);
  ctx.stash.returns = (ctx.stash.order?.lines ?? []).filter((line) => there.indexOf(line.productId) >= 0);
  return {};
}

export function returnStock(ctx: EndOrderContext, line: OrderLine, now: string) {
  return transactUpdate(
    `${ctx.env.PRODUCTS_TABLE}`,
    productKey(ctx, line.productId),
    {
      expression: 'SET stock = stock + :quantity, version = version + :one, updatedAt = :now',
      values: { quantity: line.quantity, one: 1, now },
    },
    { expression: 'attribute_exists(productId)' },
  );
}

/** What keeps the order from ending, or null if it has ended. Nothing was written then: the client may try again. */
export function endingObstacle(ctx: EndOrderContext<TransactionResult<unknown> | null>): OrderPayload | null {
  if (!isTransactionCancelled(ctx)) {
    failOnError(ctx);
    return null;
  }
  const [order] = ctx.result?.cancellationReasons ?? [];
  if (isObstacle(order)) return refuseOrder('VERSION_CONFLICT', null, 'The order was changed just now; try again.');
  return refuseOrder('PRODUCT_CHANGED', null, 'A product of the order was changed just now; try again.');
}
