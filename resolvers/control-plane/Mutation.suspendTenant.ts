import { type Context, runtime } from '@aws-appsync/utils';
import type { MutationSuspendTenantArgs, SuspendTenantInput } from '../../generated/control-plane.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { noSuchTenant, type Refusal, type TenantTransactionContext } from '../lib/registry/tenantPayload.ts';
import { changeStatus, type StatusChange, takeStatusChange } from '../lib/registry/tenantStatus.ts';
import { checkText, found, trimmed } from '../lib/validation.ts';

export function request(ctx: Context<MutationSuspendTenantArgs>) {
  const reason = trimmed(ctx.args.input.reason);
  const userErrors = found([reason === null ? null : checkText('reason', reason, { shortest: 0, longest: 500 })]);
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tenant: null, userErrors } });
  if (!isIdentifier(ctx.args.input.tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return changeStatus(ctx, { ...suspension(ctx.args.input), ...(reason ? { detail: { reason } } : {}) });
}

export function response(ctx: TenantTransactionContext<MutationSuspendTenantArgs>): Refusal {
  return takeStatusChange(ctx, suspension(ctx.args.input));
}

function suspension({ tenantId }: SuspendTenantInput): StatusChange {
  return { tenantId, from: 'ACTIVE', to: 'SUSPENDED' };
}
