/** Reads a page of the tenant's users. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantUsersArgs, TenantUser } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { type StoredUser, toUser } from '../lib/people/user.ts';

type UsersContext = Context<
  QueryTenantUsersArgs,
  { page: Page<TenantUser> },
  { readonly result: boolean },
  undefined,
  { readonly items: readonly StoredUser[]; readonly nextToken: string | null }
>;

export function request(ctx: UsersContext) {
  const { tenantId } = ctx.args;
  const page = openPage<TenantUser>({ owner: 'operator', query: JSON.stringify(['tenantUsers', tenantId]) }, ctx.args);
  ctx.stash.page = page;
  if (!ctx.prev.result) runtime.earlyReturn(null);
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const { after } = page.next;
  return query<{ tenantId: string; userId: string }>({
    query: { tenantId: { eq: tenantId }, ...(after ? { userId: { gt: after } } : {}) },
    limit: itemsLacking(page),
    consistentRead: true,
  });
}

export function response(ctx: UsersContext) {
  failOnError(ctx);
  const { tenantId } = ctx.args;
  const items = ctx.result.items.map((item): TenantUser => ({ ...toUser(item), tenantId }));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'id' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
