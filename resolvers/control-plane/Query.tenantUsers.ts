/** Finds out whether there is such a tenant. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantUsersArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isTenant, type StoredTenant } from '../lib/registry/tenant.ts';

export function request(ctx: Context<QueryTenantUsersArgs>) {
  if (!isIdentifier(ctx.args.tenantId)) runtime.earlyReturn(false);
  return get({ key: { tenantId: ctx.args.tenantId } });
}

export function response(
  ctx: Context<QueryTenantUsersArgs, object, undefined, undefined, StoredTenant | null>,
): boolean {
  failOnError(ctx);
  return isTenant(ctx.result);
}
