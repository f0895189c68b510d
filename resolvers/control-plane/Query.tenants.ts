import { toConnection } from '../lib/page.ts';
import { openTenantPage, queryTenants, takeTenants, type TenantPageContext } from '../lib/registry/tenantPage.ts';

export function request(ctx: TenantPageContext) {
  ctx.stash.page = openTenantPage(ctx);
  return queryTenants(ctx);
}

export function response(ctx: TenantPageContext) {
  ctx.stash.page = takeTenants(ctx);
  return toConnection(ctx.stash.page);
}
