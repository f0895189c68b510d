import { type Context, runtime } from '@aws-appsync/utils';
import type { Product, QueryProductArgs } from '../../generated/application.ts';
import { type StoredProduct, toProduct } from '../lib/commerce/product.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { productKey } from '../lib/tenantKey.ts';

export function request(ctx: Context<QueryProductArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return getItem(productKey(ctx, ctx.args.id));
}

export function response(
  ctx: Context<QueryProductArgs, object, undefined, undefined, StoredProduct | null>,
): Product | null {
  failOnError(ctx);
  return ctx.result ? toProduct(ctx.result) : null;
}
