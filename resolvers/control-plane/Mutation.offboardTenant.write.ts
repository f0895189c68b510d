/** Closes tenant and gate and begins the offboarding, in one transaction: no request is admitted after it. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationOffboardTenantArgs } from '../../generated/control-plane.ts';
import { newOffboarding } from '../../schema/transition.ts';
import { auditPut } from '../lib/registry/audit.ts';
import type { Leaving } from '../lib/registry/leaving.ts';
import { operator } from '../lib/registry/operator.ts';
import { isOpened, type StoredOffboarding } from '../lib/registry/tenant.ts';
import {
  invalidState,
  noSuchTenant,
  obstacle,
  type Refusal,
  type TenantTransactionContext,
} from '../lib/registry/tenantPayload.ts';
import { transitionPut } from '../lib/registry/transition.ts';

type WriteContext = Context<MutationOffboardTenantArgs, object, { readonly result: Refusal & Required<Leaving> }>;

const defaultRetention = 30;
const dayLength = 24 * 60 * 60 * 1000;

export function request(ctx: WriteContext) {
  const { refusal, done, statusBefore, stack } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  if (done) runtime.earlyReturn({});
  const { tenantId, retentionDays } = ctx.args.input;
  const days = typeof retentionDays === 'number' ? retentionDays : defaultRetention;
  const moment = util.time.nowEpochMilliSeconds();
  const now = util.time.epochMilliSecondsToISO8601(moment);
  const purgeAt = util.time.epochMilliSecondsToISO8601(moment + days * dayLength);
  const start = {
    tenantId,
    transitionId: util.autoUlid(),
    startedBy: operator(ctx).userId,
    fromStack: stack,
    now,
  };
  const offboarding: StoredOffboarding = { requestedAt: now, purgeAt, step: 'SUSPEND', statusBefore };
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANTS_TABLE ?? '',
          key: { tenantId },
          update: {
            status: 'OFFBOARDING',
            offboarding: operations.replace(offboarding),
            version: operations.increment(1),
            updatedAt: now,
          },
          condition: { listing: { eq: 'TENANT' }, status: { eq: statusBefore } },
        },
      },
      transitionPut(ctx, newOffboarding(start, { statusBefore, purgeAt })),
      auditPut(ctx, { tenantId, detail: { purgeAt } }),
      // One whose onboarding failed may have no gate yet.
      ...(isOpened(statusBefore) ? [gateClosed(ctx, tenantId)] : []),
    ],
  });
}

function gateClosed(ctx: Context, tenantId: string) {
  return {
    updateItem: {
      table: ctx.env.GATES_TABLE ?? '',
      key: { tenantId },
      update: { status: 'SUSPENDED' },
      condition: { tenantId: { attributeExists: true } },
    },
  } as const;
}

export function response(ctx: TenantTransactionContext<MutationOffboardTenantArgs>): Refusal {
  const current = obstacle(ctx);
  if (current === undefined || current?.status === 'OFFBOARDING') return {};
  return { refusal: current ? invalidState(current, 'ACTIVE, SUSPENDED or FAILED') : noSuchTenant };
}
