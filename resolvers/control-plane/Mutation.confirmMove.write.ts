/** Tells the move that the old stack's copy may go; from then on it cannot be reverted. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationConfirmMoveArgs } from '../../generated/control-plane.ts';
import { auditPut } from '../lib/registry/audit.ts';
import { operator } from '../lib/registry/operator.ts';
import { type Refusal, refuseTenant, type TenantTransactionContext } from '../lib/registry/tenantPayload.ts';
import { isRefused } from '../lib/registry/transition.ts';

type WriteContext = Context<MutationConfirmMoveArgs, object, { readonly result: Refusal }>;

export function request(ctx: WriteContext) {
  const { refusal } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  const { tenantId } = ctx.args.input;
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TRANSITIONS_TABLE ?? '',
          key: { tenantId },
          update: {
            confirmedBy: operator(ctx).userId,
            revision: operations.increment(1),
            dueAt: util.time.nowISO8601(),
          },
          condition: {
            kind: { eq: 'MOVE' },
            step: { eq: 'CONFIRM' },
            confirmedBy: { attributeExists: false },
            revertBy: { attributeExists: false },
          },
        },
      },
      auditPut(ctx, { tenantId }),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationConfirmMoveArgs>): Refusal {
  if (!isRefused(ctx)) return {};
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', 'The move was confirmed or is being reverted already.') };
}
