import { type Context, util } from '@aws-appsync/utils';
import type { User } from '../../generated/application.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { type StoredUser, toUser } from '../lib/people/user.ts';
import { caller, userKey } from '../lib/tenantKey.ts';

export function request(ctx: Context) {
  return getItem(userKey(ctx, caller(ctx).userId));
}

export function response(ctx: Context<unknown, object, undefined, undefined, StoredUser | null>): User {
  failOnError(ctx);
  return ctx.result ? toUser(ctx.result) : util.unauthorized();
}
