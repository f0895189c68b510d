import { type Context, runtime } from '@aws-appsync/utils';
import type { QueryUserArgs, User } from '../../generated/application.ts';
import { getItem } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { type StoredUser, toUser } from '../lib/people/user.ts';
import { userKey } from '../lib/tenantKey.ts';

export function request(ctx: Context<QueryUserArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return getItem(userKey(ctx, ctx.args.id));
}

export function response(ctx: Context<QueryUserArgs, object, undefined, undefined, StoredUser | null>): User | null {
  failOnError(ctx);
  return ctx.result ? toUser(ctx.result) : null;
}
