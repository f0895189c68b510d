/** Suspension and its end: the tenant, its gate and the audit log in one transaction, so that no token outlives it. */
import { type Context, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { GateStatus } from '../../../schema/gate.ts';
import { auditPut } from './audit.ts';
import { invalidState, noSuchTenant, obstacle, type Refusal, type TenantTransactionContext } from './tenantPayload.ts';

export interface StatusChange {
  readonly tenantId: string;
  readonly from: GateStatus;
  readonly to: GateStatus;
  readonly detail?: object;
}

export function changeStatus(ctx: Context, { tenantId, from, to, detail }: StatusChange) {
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: { status: to, version: operations.increment(1), updatedAt: util.time.nowISO8601() },
          condition: { listing: { eq: 'TENANT' }, status: { eq: from } },
        },
      },
      {
        updateItem: {
          table: ctx.env.GATES_TABLE ?? '',
          key: { tenantId },
          update: { status: to },
          condition: { tenantId: { attributeExists: true } },
        },
      },
      auditPut(ctx, { tenantId, ...(detail ? { detail } : {}) }),
    ],
  });
}

/** A repetition finds the tenant as it is to be, and is no error. */
export function takeStatusChange(ctx: TenantTransactionContext<unknown>, { from, to }: StatusChange): Refusal {
  const current = obstacle(ctx);
  if (current === undefined || current?.status === to) return {};
  return { refusal: current ? invalidState(current, from) : noSuchTenant };
}
