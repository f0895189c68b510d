/** Tells the move to be undone: its next step takes that up. */
import type { MutationRevertMoveArgs } from '../../generated/control-plane.ts';
import { decideMove, type DecisionContext, moveDecided } from '../lib/registry/moveDecision.ts';
import { operator } from '../lib/registry/operator.ts';
import type { Refusal, TenantTransactionContext } from '../lib/registry/tenantPayload.ts';

export function request(ctx: DecisionContext<MutationRevertMoveArgs>) {
  return decideMove(
    ctx,
    { revertBy: operator(ctx).userId },
    { isReturn: { eq: false }, cause: { attributeExists: false } },
  );
}

export function response(ctx: TenantTransactionContext<MutationRevertMoveArgs>): Refusal {
  return moveDecided(ctx);
}
