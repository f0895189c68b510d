/** Hands a field to the Lambda function that resolves it, with what the authorizer said of the caller and no more. */
import type { AppSyncIdentityLambda, Context, LambdaRequest } from '@aws-appsync/utils';
import { failOnError } from '../lib/failOnError.ts';

export function request(ctx: Context): LambdaRequest {
  const identity: unknown = (ctx.identity as AppSyncIdentityLambda | null)?.resolverContext ?? null;
  return { operation: 'Invoke', payload: { field: ctx.info.fieldName, arguments: ctx.args as unknown, identity } };
}

export function response(ctx: Context<unknown, object, undefined, undefined, unknown>): unknown {
  failOnError(ctx);
  return ctx.result;
}
