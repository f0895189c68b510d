/** What the mutations that begin, end or turn a tenant's transition share. Its form is in schema/transition.ts. */
import type { Context } from '@aws-appsync/utils';
import type { TransactWriteItem } from '@aws-appsync/utils/dynamodb';
import type { TransitionItem } from '../../../schema/transition.ts';
import type { StoredTenant } from './tenant.ts';

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
