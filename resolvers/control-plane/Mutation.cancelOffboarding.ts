/** Reads what the tenant was before its offboarding. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationCancelOffboardingArgs, TenantStatus } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { isTenant, type StoredTenant } from '../lib/registry/tenant.ts';
import { invalidState, noSuchTenant, type Refusal } from '../lib/registry/tenantPayload.ts';

export function request(ctx: Context<MutationCancelOffboardingArgs>) {
  const { tenantId } = ctx.args.input;
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export function response(
  ctx: Context<MutationCancelOffboardingArgs, object, undefined, undefined, StoredTenant | null>,
): Refusal & { readonly statusBefore?: TenantStatus } {
  failOnError(ctx);
  const tenant = ctx.result;
  if (!isTenant(tenant)) return { refusal: noSuchTenant };
  const { status, offboarding } = tenant;
  if (status !== 'OFFBOARDING' || !offboarding) return { refusal: invalidState(tenant, 'OFFBOARDING') };
  return { statusBefore: offboarding.statusBefore };
}
