import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantStacksArgs, TenantStack } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems, toConnection } from '../lib/page.ts';
import { type StoredStack, toTenantStack } from '../lib/registry/tenantStack.ts';

type StacksContext = Context<
  QueryTenantStacksArgs,
  { page: Page<TenantStack> },
  undefined,
  undefined,
  { readonly items: readonly StoredStack[]; readonly nextToken: string | null }
>;

export function request(ctx: StacksContext) {
  const page = openPage<TenantStack>({ owner: 'operator', query: 'tenantStacks' }, ctx.args);
  ctx.stash.page = page;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  const { after } = page.next;
  return query<{ listing: string; tenantId: string }>({
    index: 'listing',
    query: { listing: { eq: 'STACK' }, ...(after ? { tenantId: { gt: after } } : {}) },
    limit: itemsLacking(page),
  });
}

export function response(ctx: StacksContext) {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toTenantStack(item));
  const answer = { items, matching: items, more: ctx.result.nextToken !== null, sort: 'tenantId' };
  return toConnection(takeItems(ctx.stash.page, answer));
}
