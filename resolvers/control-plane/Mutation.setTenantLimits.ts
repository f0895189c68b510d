/** Checks the limits, and reads the tenant for its tier and its status. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantLimitsArgs, Tier } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { checkLimits } from '../lib/registry/limits.ts';
import { isOpened, isTenant, type StoredTenant } from '../lib/registry/tenant.ts';
import { invalidState, noSuchTenant, type Refusal } from '../lib/registry/tenantPayload.ts';
import { found } from '../lib/validation.ts';

export function request(ctx: Context<MutationSetTenantLimitsArgs>) {
  const { tenantId, limits } = ctx.args.input;
  const userErrors = limits ? found(checkLimits(limits)) : [];
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tenant: null, userErrors } });
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export function response(
  ctx: Context<MutationSetTenantLimitsArgs, object, undefined, undefined, StoredTenant | null>,
): Refusal & { readonly tier?: Tier } {
  failOnError(ctx);
  if (!isTenant(ctx.result)) return { refusal: noSuchTenant };
  if (!isOpened(ctx.result.status)) return { refusal: invalidState(ctx.result, 'ACTIVE or SUSPENDED') };
  return { tier: ctx.result.tier };
}
