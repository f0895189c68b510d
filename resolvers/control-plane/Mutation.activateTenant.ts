import { type Context, runtime } from '@aws-appsync/utils';
import type { ActivateTenantInput, MutationActivateTenantArgs } from '../../generated/control-plane.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { noSuchTenant, type Refusal, type TenantTransactionContext } from '../lib/registry/tenantPayload.ts';
import { changeStatus, type StatusChange, takeStatusChange } from '../lib/registry/tenantStatus.ts';

export function request(ctx: Context<MutationActivateTenantArgs>) {
  if (!isIdentifier(ctx.args.input.tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return changeStatus(ctx, activation(ctx.args.input));
}

export function response(ctx: TenantTransactionContext<MutationActivateTenantArgs>): Refusal {
  return takeStatusChange(ctx, activation(ctx.args.input));
}

function activation({ tenantId }: ActivateTenantInput): StatusChange {
  return { tenantId, from: 'SUSPENDED', to: 'ACTIVE' };
}
