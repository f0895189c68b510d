/** Reads the products that are to be sold; prices come from them, never from the client. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MutationCreateOrderArgs } from '../../generated/application.ts';
import { checkLines, checkTotal, lineObstacle, toLine, totalOf } from '../lib/commerce/cart.ts';
import { type OrderPayload, orderNumber, type StoredOrder } from '../lib/commerce/order.ts';
import type { StoredProduct } from '../lib/commerce/product.ts';
import { batchGetItems } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { caller, productKey } from '../lib/tenantKey.ts';
import { found } from '../lib/validation.ts';

export interface CreateOrderStash {
  /** What the second step writes; absent where there is nothing to write. */
  order?: Omit<StoredOrder, 'tenantId'>;
}

type BatchResult = { readonly data: Readonly<Record<string, readonly (StoredProduct | null)[]>> };

export function request(ctx: Context<MutationCreateOrderArgs>) {
  const { lines } = ctx.args.input;
  const userErrors = checkLines(lines);
  if (userErrors.length > 0) runtime.earlyReturn({ order: null, userErrors }, { skipTo: 'END' });
  const keys = lines.map((line) => productKey(ctx, line.productId));
  return batchGetItems(`${ctx.env.PRODUCTS_TABLE}`, keys);
}

export function response(
  ctx: Context<MutationCreateOrderArgs, CreateOrderStash, undefined, undefined, BatchResult>,
): OrderPayload {
  failOnError(ctx);
  const products = ctx.result.data[`${ctx.env.PRODUCTS_TABLE}`] ?? [];
  const cart = ctx.args.input.lines.map(({ productId, quantity }) => ({
    quantity,
    product: products.find((product) => product?.productId === productId) ?? null,
  }));
  const obstacles = found(cart.map(({ quantity, product }, index) => lineObstacle(index, quantity, product)));
  if (obstacles.length > 0) return { order: null, userErrors: obstacles };

  const lines = cart.flatMap(({ quantity, product }) => (product ? [toLine(product, quantity)] : []));
  const total = totalOf(lines);
  const userErrors = found([checkTotal(total)]);
  if (userErrors.length > 0) return { order: null, userErrors };

  const orderId = util.autoUlid();
  const now = util.time.nowISO8601();
  ctx.stash.order = {
    orderId,
    number: orderNumber(orderId),
    status: 'PLACED',
    lines,
    total,
    createdAt: now,
    createdBy: caller(ctx).userId,
    updatedAt: now,
    version: 1,
  };
  return { order: null, userErrors: [] };
}
