import { type Context, util } from '@aws-appsync/utils';
import type { QueryUsersArgs, User } from '../../generated/application.ts';
import { queryPartition } from '../lib/dynamodb.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { type StoredUser, toUser } from '../lib/people/user.ts';
import { caller, userPartition } from '../lib/tenantKey.ts';

type UsersContext = Context<
  QueryUsersArgs,
  { page: Page<User> },
  undefined,
  undefined,
  { readonly items: readonly StoredUser[]; readonly nextToken: string | null }
>;

export function request(ctx: UsersContext) {
  const page = openPage<User>({ owner: caller(ctx).tenantId, query: 'users' }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  return queryPartition({
    partition: userPartition(ctx),
    sort: 'userId',
    order: 'ascending',
    after: page.next.after,
    limit: itemsLacking(page),
  });
}

export function response(ctx: UsersContext) {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toUser(item));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'id' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
