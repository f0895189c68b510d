/** What the mutations of a tenant answer, and how they find out why their transaction was refused. */
import { type Context, util } from '@aws-appsync/utils';
import type { Tenant, UserErrorCode } from '../../../generated/control-plane.ts';
import { type CancellationReason, isContention, type TransactionResult } from '../cancellation.ts';
import { failOnError, isTransactionCancelled } from '../failOnError.ts';
import { userError, type UserError } from '../userError.ts';
import { isTenant, type StoredTenant } from './tenant.ts';

export interface TenantPayload {
  readonly tenant: Tenant | null;
  readonly userErrors: readonly UserError<UserErrorCode>[];
}

export type TenantTransactionContext<Arguments> = Context<
  Arguments,
  object,
  undefined,
  undefined,
  TransactionResult<StoredTenant> | null
>;

export function refuseTenant(code: UserErrorCode, field: string | null, message: string): TenantPayload {
  return { tenant: null, userErrors: [userError(code, field, message)] };
}

/** The same for what never was and for ids that are of something else. */
export const noSuchTenant = refuseTenant('NOT_FOUND', 'tenantId', 'There is no such tenant.');

/**
 * The tenant as it stood in the way of a transaction whose first item is the tenant's: null if there is none,
 * undefined if the transaction was done. Ends the field for every other cause.
 */
export function obstacle(ctx: TenantTransactionContext<unknown>): StoredTenant | null | undefined {
  if (!ctx.error) return undefined;
  if (!isTransactionCancelled(ctx)) failOnError(ctx);
  const reasons: readonly CancellationReason<StoredTenant>[] = ctx.result?.cancellationReasons ?? [];
  if (reasons.some((reason) => isContention(reason))) {
    util.error('The tenant is being changed by another request; try again.', 'Conflict');
  }
  const tenant = reasons[0];
  if (tenant?.type !== 'ConditionalCheckFailed') failOnError(ctx);
  return isTenant(tenant?.item) ? tenant.item : null;
}

/** What the step after the transaction answers as it is; without it, that step reads the tenant. */
export interface Refusal {
  readonly refusal?: TenantPayload;
}

export function invalidState(item: StoredTenant, expected: string): TenantPayload {
  return refuseTenant('INVALID_STATE', 'tenantId', `The tenant is ${item.status}, expected ${expected}.`);
}
