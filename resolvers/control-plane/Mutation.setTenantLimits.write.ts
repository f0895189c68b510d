/** Gives the limits to the tenant and to its gate in one transaction: they hold from the next request on. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantLimitsArgs, TenantLimits, Tier } from '../../generated/control-plane.ts';
import { gateLimits } from '../../schema/gate.ts';
import { auditPut } from '../lib/registry/audit.ts';
import {
  invalidState,
  noSuchTenant,
  obstacle,
  type Refusal,
  type TenantTransactionContext,
} from '../lib/registry/tenantPayload.ts';

type LimitsContext = Context<
  MutationSetTenantLimitsArgs,
  object,
  { readonly result: Refusal & { readonly tier: Tier; readonly limits: TenantLimits } }
>;

export function request(ctx: LimitsContext) {
  const { refusal, tier, limits } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  const { tenantId } = ctx.args.input;
  const hasOwnLimits = !!ctx.args.input.limits;
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: {
            limits: operations.replace(limits),
            hasOwnLimits,
            version: operations.increment(1),
            updatedAt: util.time.nowISO8601(),
          },
          condition: { status: { in: ['ACTIVE', 'SUSPENDED'] }, tier: { eq: tier } },
        },
      },
      {
        updateItem: {
          table: ctx.env.GATES_TABLE ?? '',
          key: { tenantId },
          update: gateLimits(limits),
          condition: { tenantId: { attributeExists: true } },
        },
      },
      auditPut(ctx, { tenantId, detail: { limits, hasOwnLimits } }),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationSetTenantLimitsArgs>): Refusal {
  const current = obstacle(ctx);
  if (current === undefined) return {};
  return { refusal: current ? invalidState(current, 'ACTIVE or SUSPENDED, and of the same tier') : noSuchTenant };
}
