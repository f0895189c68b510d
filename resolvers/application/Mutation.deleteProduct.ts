import { type Context, runtime } from '@aws-appsync/utils';
import type { MutationDeleteProductArgs } from '../../generated/application.ts';
import {
  noSuchProduct,
  productConflict,
  type ProductPayload,
  type StoredProduct,
  toProduct,
} from '../lib/commerce/product.ts';
import { deleteItem, type Expression } from '../lib/dynamodb.ts';
import { failOnError, isConditionFailure } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { productKey } from '../lib/tenantKey.ts';

export function request(ctx: Context<MutationDeleteProductArgs>) {
  const { id, expectedVersion } = ctx.args.input;
  if (!isIdentifier(id)) runtime.earlyReturn(noSuchProduct);
  const exists = 'attribute_exists(productId)';
  const condition: Expression =
    typeof expectedVersion === 'number'
      ? { expression: `${exists} AND version = :expected`, values: { expected: expectedVersion } }
      : { expression: exists };
  return deleteItem(productKey(ctx, id), condition);
}

export function response(
  ctx: Context<MutationDeleteProductArgs, object, undefined, undefined, StoredProduct | null>,
): ProductPayload {
  if (isConditionFailure(ctx)) return ctx.result ? productConflict(ctx.result) : noSuchProduct;
  failOnError(ctx);
  // AppSync counts the delete of what is not there as done.
  return ctx.result ? { product: toProduct(ctx.result), userErrors: [] } : noSuchProduct;
}
