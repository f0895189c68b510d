import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MutationUpdateProductArgs } from '../../generated/application.ts';
import {
  checkProductFields,
  noSuchProduct,
  productConflict,
  type ProductFields,
  productFields,
  type ProductPayload,
  type StoredProduct,
  toProduct,
} from '../lib/commerce/product.ts';
import { type Expression, updateItem } from '../lib/dynamodb.ts';
import { failOnError, isConditionFailure } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { productKey } from '../lib/tenantKey.ts';
import { userError } from '../lib/userError.ts';
import { found } from '../lib/validation.ts';

export function request(ctx: Context<MutationUpdateProductArgs>) {
  const { id, expectedVersion } = ctx.args.input;
  const fields = productFields(ctx.args.input);
  const userErrors = found(checkProductFields(fields));
  if (Object.keys(fields).length === 0) {
    userErrors.push(userError('INVALID_INPUT', null, 'Nothing to change: give at least one of the product’s fields.'));
  }
  if (userErrors.length > 0) runtime.earlyReturn({ product: null, userErrors });
  if (!isIdentifier(id)) runtime.earlyReturn(noSuchProduct);
  return updateItem(productKey(ctx, id), change(fields), {
    expression: 'attribute_exists(productId) AND version = :expected',
    values: { expected: expectedVersion },
  });
}

function change({ category, ...fields }: ProductFields): Expression {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = { one: 1, now: util.time.nowISO8601() };
  const settings = ['version = version + :one', 'updatedAt = :now'];
  for (const [field, value] of Object.entries(category ? { ...fields, category } : fields)) {
    names[field] = field;
    values[field] = value;
    settings.push(`#${field} = :${field}`);
  }
  if (category === null) names.category = 'category';
  const removal = category === null ? ' REMOVE #category' : '';
  return { expression: `SET ${settings.join(', ')}${removal}`, names, values };
}

export function response(
  ctx: Context<MutationUpdateProductArgs, object, undefined, undefined, StoredProduct | null>,
): ProductPayload {
  if (isConditionFailure(ctx)) return ctx.result ? productConflict(ctx.result) : noSuchProduct;
  failOnError(ctx);
  return ctx.result ? { product: toProduct(ctx.result), userErrors: [] } : noSuchProduct;
}
