/** Reads what the tenant's move has come to. */
import type { Context } from '@aws-appsync/utils';
import type { MutationConfirmMoveArgs } from '../../generated/control-plane.ts';
import { type MoveContext, readMove, requireMove } from '../lib/registry/moveDecision.ts';
import type { Refusal } from '../lib/registry/tenantPayload.ts';

export function request(ctx: Context<MutationConfirmMoveArgs>) {
  return readMove(ctx);
}

export function response(ctx: MoveContext<MutationConfirmMoveArgs>): Refusal {
  return requireMove(ctx, ['WAITING_FOR_CONFIRMATION']);
}
