import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantArgs, Tenant } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isTenant, type StoredTenant, toTenant } from '../lib/registry/tenant.ts';

export function request(ctx: Context<QueryTenantArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return get({ key: { tenantId: ctx.args.id }, consistentRead: true });
}

export function response(
  ctx: Context<QueryTenantArgs, object, undefined, undefined, StoredTenant | null>,
): Tenant | null {
  failOnError(ctx);
  return isTenant(ctx.result) ? toTenant(ctx.result) : null;
}
