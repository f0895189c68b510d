/** Chooses the wave in which a silo gets new releases, from the next rollout on. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantWaveArgs, SetTenantWavePayload, UserErrorCode } from '../../generated/control-plane.ts';
import { isContention, type TransactionResult } from '../lib/cancellation.ts';
import { failOnError, isTransactionCancelled } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { auditPut } from '../lib/registry/audit.ts';
import { userError } from '../lib/userError.ts';

type WaveContext = Context<MutationSetTenantWaveArgs, object, undefined, undefined, TransactionResult<object> | null>;

export function request(ctx: WaveContext) {
  const { tenantId, wave } = ctx.args.input;
  if (tenantId === 'pooled')
    runtime.earlyReturn(refuse('INVALID_INPUT', 'tenantId', "The pool's wave is always POOLED."));
  if (wave === 'POOLED') {
    runtime.earlyReturn(refuse('INVALID_INPUT', 'wave', "POOLED is the pool's own, expected CANARY, EARLY or REST."));
  }
  if (!isIdentifier(tenantId)) runtime.earlyReturn(noSuchStack);
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TENANT_STACK_MAPPING_TABLE ?? '',
          key: { tenantId },
          update: { wave, updatedAt: util.time.nowISO8601() },
          condition: { tenantId: { attributeExists: true } },
        },
      },
      auditPut(ctx, { tenantId, detail: { wave } }),
    ],
  });
}

export function response(ctx: WaveContext): Refusal {
  if (!ctx.error) return {};
  const reasons = ctx.result?.cancellationReasons ?? [];
  if (reasons.some((reason) => isContention(reason))) {
    util.error('The stack is being changed by another request; try again.', 'Conflict');
  }
  if (!isTransactionCancelled(ctx) || reasons[0]?.type !== 'ConditionalCheckFailed') failOnError(ctx);
  return noSuchStack;
}

/** What the step after the transaction answers as it is; without it, that step reads the stack. */
interface Refusal {
  readonly refusal?: SetTenantWavePayload;
}

function refuse(code: UserErrorCode, field: string, message: string): Refusal {
  return { refusal: { tenantStack: null, userErrors: [userError(code, field, message)] } };
}

const noSuchStack = refuse('NOT_FOUND', 'tenantId', 'There is no tenant of this id with a stack of its own.');
