/**
 * Between the pool and a stack of its own: begins the move, which functions/transitions carries on. Within the pool: gives the tier and its limits to the tenant and to its gate in one transaction, so that they hold from the next
 * request on. The tenant keeps the shards that its data lies in, and limits of its own.
 */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantTierArgs, TierSettings } from '../../generated/control-plane.ts';
import { gateLimits } from '../../schema/gate.ts';
import { moveSummary, newMove } from '../../schema/transition.ts';
import { auditPut } from '../lib/registry/audit.ts';
import {
  invalidState,
  noSuchTenant,
  obstacle,
  type Refusal,
  type TenantTransactionContext,
} from '../lib/registry/tenantPayload.ts';
import { operator } from '../lib/registry/operator.ts';
import { transitionPut } from '../lib/registry/transition.ts';
import type { TierChange } from '../lib/registry/tierChange.ts';
import { isRepeated, tokenPut } from '../lib/registry/clientToken.ts';

type WriteContext = Context<
  MutationSetTenantTierArgs,
  object,
  { readonly result: Refusal & TierChange & { readonly settings: TierSettings } }
>;

export function request(ctx: WriteContext) {
  const { refusal, done, fromTier, deployment, stack, settings, hasOwnLimits } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  if (done) runtime.earlyReturn({});
  if (settings.deployment !== deployment) return moveBegun(ctx);
  const { tenantId, tier, clientToken } = ctx.args.input;
  const limits = hasOwnLimits ? ctx.prev.result.limits : settings.limits;
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: {
            tier,
            limits: operations.replace(limits),
            version: operations.increment(1),
            updatedAt: util.time.nowISO8601(),
          },
          condition: {
            status: { in: ['ACTIVE', 'SUSPENDED'] },
            tier: { eq: fromTier },
            stack: { eq: stack },
            hasOwnLimits: { eq: hasOwnLimits },
            // Limits that an operator gives at the same moment are not taken back.
            ...(hasOwnLimits && { limits: { eq: limits } }),
          },
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
      auditPut(ctx, { tenantId, detail: { fromTier, tier } }),
      ...tokenPut(ctx, clientToken),
    ],
  });
}

/** The move, and that the tenant shows it: nothing else changes before its cut-over. */
function moveBegun(ctx: WriteContext) {
  const { fromTier, stack, settings, limits } = ctx.prev.result;
  const { tenantId, tier, clientToken } = ctx.args.input;
  const now = util.time.nowISO8601();
  const start = {
    tenantId,
    transitionId: util.autoUlid(),
    startedBy: operator(ctx).userId,
    fromStack: stack,
    now,
  };
  const move = newMove(start, {
    toStack: settings.deployment === 'SILO' ? tenantId : 'pooled',
    fromTier,
    toTier: tier,
    fromLimits: limits,
    toLimits: settings.limits,
  });
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: {
            move: operations.replace(moveSummary(move)),
            version: operations.increment(1),
            updatedAt: now,
          },
          condition: { status: { in: ['ACTIVE', 'SUSPENDED'] }, tier: { eq: fromTier }, stack: { eq: stack } },
        },
      },
      transitionPut(ctx, move),
      auditPut(ctx, { tenantId, detail: { fromTier, tier, toStack: move.toStack } }),
      ...tokenPut(ctx, clientToken),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationSetTenantTierArgs>): Refusal {
  if (isRepeated(ctx)) return {};
  const current = obstacle(ctx);
  if (current === undefined || current?.tier === ctx.args.input.tier) return {};
  return { refusal: current ? invalidState(current, 'ACTIVE or SUSPENDED, and not changed meanwhile') : noSuchTenant };
}
