/** Reads the tenant for its tier, its status and where it lives. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantTierArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isOpened, isTenant, type StoredTenant } from '../lib/registry/tenant.ts';
import { invalidState, noSuchTenant, type Refusal, refuseTenant } from '../lib/registry/tenantPayload.ts';
import type { TierChange } from '../lib/registry/tierChange.ts';
import { inTransition } from '../lib/registry/transition.ts';
import { checkText, found } from '../lib/validation.ts';

export function request(ctx: Context<MutationSetTenantTierArgs>) {
  const { tenantId, clientToken } = ctx.args.input;
  const userErrors = found([
    typeof clientToken === 'string' ? checkText('clientToken', clientToken, { shortest: 8, longest: 64 }) : null,
  ]);
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tenant: null, userErrors } });
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export function response(
  ctx: Context<MutationSetTenantTierArgs, object, undefined, undefined, StoredTenant | null>,
): Refusal & Partial<TierChange> {
  failOnError(ctx);
  const tenant = ctx.result;
  if (!isTenant(tenant)) return { refusal: noSuchTenant };
  const { tier: toTier } = ctx.args.input;
  if (inTransition(tenant)) {
    if (tenant.move?.toTier === toTier && tenant.move.status !== 'REVERTING') return { done: true };
    const message = `The tenant is being moved to the tier ${tenant.move?.toTier}; confirm or revert that move first.`;
    return { refusal: refuseTenant('INVALID_STATE', 'tenantId', message) };
  }
  if (!isOpened(tenant.status)) return { refusal: invalidState(tenant, 'ACTIVE or SUSPENDED') };
  if (tenant.tier === toTier) return { done: true };
  const { tier: fromTier, deployment, stack, limits, hasOwnLimits } = tenant;
  return { fromTier, deployment, stack, limits, hasOwnLimits };
}
