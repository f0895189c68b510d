/** Checks the typed slug against the tenant's, and reads what the tenant is now. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationOffboardTenantArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isLeaving, type Leaving } from '../lib/registry/leaving.ts';
import { isTenant, type StoredTenant } from '../lib/registry/tenant.ts';
import { invalidState, noSuchTenant, type Refusal, refuseTenant } from '../lib/registry/tenantPayload.ts';
import { inTransition } from '../lib/registry/transition.ts';
import { checkInteger, found } from '../lib/validation.ts';

export function request(ctx: Context<MutationOffboardTenantArgs>) {
  const { tenantId, retentionDays } = ctx.args.input;
  const days = typeof retentionDays === 'number' ? retentionDays : 0;
  const userErrors = found([checkInteger('retentionDays', days, { least: 0, most: 365 })]);
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tenant: null, userErrors } });
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export function response(
  ctx: Context<MutationOffboardTenantArgs, object, undefined, undefined, StoredTenant | null>,
): Refusal & Leaving {
  failOnError(ctx);
  const tenant = ctx.result;
  if (!isTenant(tenant)) return { refusal: noSuchTenant };
  const { confirmSlug } = ctx.args.input;
  if (confirmSlug !== tenant.slug) {
    const message = 'confirmSlug is not the slug of this tenant; type its slug to confirm the removal.';
    return { refusal: refuseTenant('INVALID_INPUT', 'confirmSlug', message) };
  }
  if (tenant.status === 'OFFBOARDING') return { done: true };
  if (!isLeaving(tenant.status)) return { refusal: invalidState(tenant, 'ACTIVE, SUSPENDED or FAILED') };
  if (inTransition(tenant)) return { refusal: refuseTenant('INVALID_STATE', 'tenantId', beingMoved) };
  return { statusBefore: tenant.status, stack: tenant.stack };
}

const beingMoved = 'The tenant is being moved to another stack; confirm or revert the move first.';
