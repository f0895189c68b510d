/** Fills a page that a filter left short from where the first query stopped. */
import { runtime } from '@aws-appsync/utils';
import { isShort, toConnection } from '../lib/page.ts';
import { queryTenants, takeTenants, type TenantPageContext } from '../lib/registry/tenantPage.ts';

export function request(ctx: TenantPageContext) {
  if (!isShort(ctx.stash.page)) runtime.earlyReturn(toConnection(ctx.stash.page));
  return queryTenants(ctx);
}

export function response(ctx: TenantPageContext) {
  return toConnection(takeTenants(ctx));
}
