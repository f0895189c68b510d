/** The last step of what changes a tenant: answers the refusal of the step before, or the tenant as it is now. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { failOnError } from '../lib/failOnError.ts';
import { isTenant, type StoredTenant, toTenant } from '../lib/registry/tenant.ts';
import type { Refusal, TenantPayload } from '../lib/registry/tenantPayload.ts';

type Previous = { readonly result: Refusal };
type Arguments = { readonly input: { readonly tenantId: string } };

export function request(ctx: Context<Arguments, object, Previous>) {
  const { refusal } = ctx.prev.result;
  if (refusal) runtime.earlyReturn(refusal);
  return get({ key: { tenantId: ctx.args.input.tenantId }, consistentRead: true });
}

export function response(ctx: Context<Arguments, object, Previous, undefined, StoredTenant | null>): TenantPayload {
  failOnError(ctx);
  if (!isTenant(ctx.result)) return util.error('The tenant was removed while it was changed.', 'Conflict');
  return { tenant: toTenant(ctx.result), userErrors: [] };
}
