/** Tells the move that the old stack's copy may go; from then on it cannot be reverted. */
import type { MutationConfirmMoveArgs } from '../../generated/control-plane.ts';
import { decideMove, type DecisionContext, moveDecided } from '../lib/registry/moveDecision.ts';
import { operator } from '../lib/registry/operator.ts';
import type { Refusal, TenantTransactionContext } from '../lib/registry/tenantPayload.ts';

export function request(ctx: DecisionContext<MutationConfirmMoveArgs>) {
  return decideMove(ctx, { confirmedBy: operator(ctx).userId }, { step: { eq: 'CONFIRM' } });
}

export function response(ctx: TenantTransactionContext<MutationConfirmMoveArgs>): Refusal {
  return moveDecided(ctx);
}
