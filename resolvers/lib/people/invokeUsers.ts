/** What the mutations of users share: the `users` function does them, for the tenant that the authorizer found. */
import { type Context, type LambdaRequest, type AppSyncIdentityLambda } from '@aws-appsync/utils';
import type { CreateUserPayload } from '../../../generated/application.ts';
import { failOnError } from '../failOnError.ts';

export function invokeUsers(ctx: Context): LambdaRequest {
  const identity = (ctx.identity as AppSyncIdentityLambda).resolverContext as unknown;
  return { operation: 'Invoke', payload: { field: ctx.info.fieldName, arguments: ctx.args as unknown, identity } };
}

export type UsersContext = Context<unknown, object, undefined, undefined, CreateUserPayload>;

export function takeAnswer(ctx: UsersContext): CreateUserPayload {
  failOnError(ctx);
  return ctx.result;
}
