/**
 * The first step of what operators follow: whether the operator stands now. AppSync keeps the authorizer's answer for a minute, and a
 * subscription that a disabled operator began in that minute would go on as long as the token.
 */
import { type Context, type LambdaRequest, util } from '@aws-appsync/utils';
import { failOnError } from '../lib/failOnError.ts';
import { operator } from '../lib/registry/operator.ts';

export function request(ctx: Context): LambdaRequest {
  return { operation: 'Invoke', payload: { field: 'isStanding', arguments: {}, identity: operator(ctx) } };
}

export function response(ctx: Context<unknown, object, undefined, undefined, boolean>) {
  failOnError(ctx);
  if (ctx.result !== true) util.unauthorized();
  return {};
}
