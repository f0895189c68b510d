/** What the two steps of Query.tenants share. Tenants are listed by slug. */
import { type Context, util } from '@aws-appsync/utils';
import { query } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantsArgs, Tenant, TenantFilter } from '../../../generated/control-plane.ts';
import { badRequest } from '../badRequest.ts';
import { failOnError } from '../failOnError.ts';
import { itemsLacking, openPage, type Page, takeItems } from '../page.ts';
import { type StoredTenant, toTenant } from './tenant.ts';

export type TenantPageContext = Context<
  QueryTenantsArgs,
  { page: Page<Tenant> },
  undefined,
  undefined,
  { readonly items: readonly StoredTenant[]; readonly nextToken: string | null }
>;

/** Items that one query reads at most to fill a page that is filtered. */
const mostEvaluated = 250;

export function openTenantPage(ctx: TenantPageContext): Page<Tenant> {
  const { status, tier, slugPrefix } = ctx.args.filter ?? {};
  if (slugPrefix && !util.matches('^[a-z0-9-]{1,32}$', slugPrefix)) {
    badRequest('filter.slugPrefix: expected at most 32 lower-case letters, digits and hyphens');
  }
  const of = ['tenants', status ?? null, tier ?? null, slugPrefix ?? null];
  return openPage({ owner: 'operator', query: JSON.stringify(of) }, ctx.args);
}

export function queryTenants(ctx: TenantPageContext) {
  const { page } = ctx.stash;
  if (!page.next) return util.error('There is no further place to read from.', 'Fault');
  return query<{ listing: string; slug: string }>({
    index: 'slug',
    query: { listing: { eq: 'TENANT' }, ...slugRange(ctx.args.filter?.slugPrefix ?? '', page.next.after) },
    limit: isFiltered(ctx.args.filter) ? mostEvaluated : itemsLacking(page),
  });
}

/**
 * A key condition takes one comparison. Of the characters that slugs are made of, `-` is the first, and `~` comes after them
 * all: so what follows a slug begins with that slug and `-`, and what has a prefix ends before that prefix and `~`.
 */
function slugRange(prefix: string, after: string) {
  if (after && prefix) return { slug: { between: [`${after}-`, `${prefix}~`] as [string, string] } };
  if (after) return { slug: { gt: after } };
  return prefix ? { slug: { beginsWith: prefix } } : {};
}

export function takeTenants(ctx: TenantPageContext): Page<Tenant> {
  failOnError(ctx);
  const items = ctx.result.items.map((item) => toTenant(item));
  const matching = items.filter((tenant) => matches(tenant, ctx.args.filter ?? {}));
  return takeItems(ctx.stash.page, { items, matching, more: ctx.result.nextToken !== null, sort: 'slug' });
}

function isFiltered(filter: TenantFilter | null | undefined): boolean {
  return !!filter && (!!filter.status || !!filter.tier);
}

function matches(tenant: Tenant, { status, tier }: TenantFilter): boolean {
  return (!status || tenant.status === status) && (!tier || tenant.tier === tier);
}
