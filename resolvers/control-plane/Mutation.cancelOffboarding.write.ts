/** Ends the offboarding and opens tenant and gate as they were, in one transaction; too late once the removal has begun. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationCancelOffboardingArgs, TenantStatus } from '../../generated/control-plane.ts';
import { auditPut } from '../lib/registry/audit.ts';
import { isOpened } from '../lib/registry/tenant.ts';
import { type Refusal, refuseTenant, type TenantTransactionContext } from '../lib/registry/tenantPayload.ts';
import { isRefused } from '../lib/registry/transition.ts';

type WriteContext = Context<
  MutationCancelOffboardingArgs,
  object,
  { readonly result: Refusal & { readonly statusBefore: TenantStatus } }
>;

export function request(ctx: WriteContext) {
  const { refusal, statusBefore } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  const { tenantId } = ctx.args.input;
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: {
            status: statusBefore,
            offboarding: operations.remove(),
            version: operations.increment(1),
            updatedAt: util.time.nowISO8601(),
          },
          condition: { status: { eq: 'OFFBOARDING' } },
        },
      },
      {
        deleteItem: {
          table: ctx.env.TRANSITIONS_TABLE ?? '',
          key: { tenantId },
          condition: { kind: { eq: 'OFFBOARDING' }, step: { in: ['SUSPEND', 'EXPORT', 'RETAIN'] } },
        },
      },
      auditPut(ctx, { tenantId }),
      ...(isOpened(statusBefore)
        ? [{ updateItem: { table: ctx.env.GATES_TABLE ?? '', key: { tenantId }, update: { status: statusBefore } } }]
        : []),
    ],
  });
}

export function response(ctx: TenantTransactionContext<MutationCancelOffboardingArgs>): Refusal {
  if (!isRefused(ctx)) return {};
  const message = 'The removal of this tenant has begun and cannot be stopped; its export is kept.';
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', message) };
}
