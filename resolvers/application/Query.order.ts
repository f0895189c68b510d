import { type Context, runtime } from '@aws-appsync/utils';
import type { Order, QueryOrderArgs } from '../../generated/application.ts';
import { type StoredOrder, toOrder } from '../lib/commerce/order.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { orderKey } from '../lib/tenantKey.ts';

export function request(ctx: Context<QueryOrderArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return getItem(orderKey(ctx, ctx.args.id));
}

export function response(ctx: Context<QueryOrderArgs, object, undefined, undefined, StoredOrder | null>): Order | null {
  failOnError(ctx);
  return ctx.result ? toOrder(ctx.result) : null;
}
