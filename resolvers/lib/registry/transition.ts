/** What the mutations that begin, end or turn a tenant's transition share. Its form is in schema/transition.ts. */
import { type Context, util } from '@aws-appsync/utils';
import type { TransactWriteItem } from '@aws-appsync/utils/dynamodb';
import type { TransitionItem } from '../../../schema/transition.ts';
import { isContention, isObstacle } from '../cancellation.ts';
import { failOnError, isTransactionCancelled } from '../failOnError.ts';
import type { StoredTenant } from './tenant.ts';
import type { TenantTransactionContext } from './tenantPayload.ts';

/** Whether a move of the tenant goes on. */
export function inTransition({ move }: StoredTenant): boolean {
  return move?.status === 'RUNNING' || move?.status === 'WAITING_FOR_CONFIRMATION' || move?.status === 'REVERTING';
}

/** Begins it, unless the tenant is in another one. */
export function transitionPut(ctx: Context, item: TransitionItem): TransactWriteItem {
  const { tenantId, ...rest } = item;
  return {
    putItem: {
      table: ctx.env.TRANSITIONS_TABLE ?? '',
      key: { tenantId },
      item: rest,
      condition: { tenantId: { attributeExists: false } },
    },
  };
}

/** Whether the transition is not as the mutation expects it any more. Ends the field for every other cause. */
export function isRefused(ctx: TenantTransactionContext<unknown>): boolean {
  if (!isTransactionCancelled(ctx)) {
    failOnError(ctx);
    return false;
  }
  const reasons = ctx.result?.cancellationReasons ?? [];
  if (reasons.some((reason) => isContention(reason))) {
    util.error('The tenant is being changed by another request; try again.', 'Conflict');
  }
  if (!reasons.some((reason) => isObstacle(reason))) failOnError(ctx);
  return true;
}
