import { type Context, runtime, util } from '@aws-appsync/utils';
import type { MutationCreateProductArgs } from '../../generated/application.ts';
import {
  checkProductFields,
  productFields,
  type ProductPayload,
  type StoredProduct,
  toProduct,
} from '../lib/commerce/product.ts';
import { putItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { caller, productKey } from '../lib/tenantKey.ts';
import { found } from '../lib/validation.ts';

export function request(ctx: Context<MutationCreateProductArgs>) {
  const { category, ...fields } = productFields(ctx.args.input);
  const userErrors = found(checkProductFields({ ...fields, category }));
  if (userErrors.length > 0) runtime.earlyReturn({ product: null, userErrors });
  const now = util.time.nowISO8601();
  const item = {
    ...fields,
    ...(category ? { category } : {}),
    tenantId: caller(ctx).tenantId,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  return putItem(productKey(ctx, util.autoUlid()), item, { expression: 'attribute_not_exists(productId)' });
}

export function response(
  ctx: Context<MutationCreateProductArgs, object, undefined, undefined, StoredProduct>,
): ProductPayload {
  failOnError(ctx);
  return { product: toProduct(ctx.result), userErrors: [] };
}
