/** Tells the move to be undone: its next step takes that up. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationRevertMoveArgs } from '../../generated/control-plane.ts';
import { auditPut } from '../lib/registry/audit.ts';
import { operator } from '../lib/registry/operator.ts';
import { type Refusal, refuseTenant, type TenantTransactionContext } from '../lib/registry/tenantPayload.ts';
import { isRefused } from '../lib/registry/transition.ts';

type WriteContext = Context<MutationRevertMoveArgs, object, { readonly result: Refusal }>;

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
            revertBy: operator(ctx).userId,
            revision: operations.increment(1),
            dueAt: util.time.nowISO8601(),
          },
          condition: {
            kind: { eq: 'MOVE' },
            isReturn: { eq: false },
            cause: { attributeExists: false },
            confirmedBy: { attributeExists: false },
            revertBy: { attributeExists: false },
          },
        },
      },
      auditPut(ctx, { tenantId }),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationRevertMoveArgs>): Refusal {
  if (!isRefused(ctx)) return {};
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', 'The move was confirmed or is being reverted already.') };
}
