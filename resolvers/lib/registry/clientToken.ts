/** A client's token in the transaction of what it was sent with: sent again, nothing is done again. */
import { type Context, util } from '@aws-appsync/utils';
import type { TransactWriteItem } from '@aws-appsync/utils/dynamodb';
import { isTransactionCancelled } from '../failOnError.ts';
import type { TenantTransactionContext } from './tenantPayload.ts';

/** Seconds for which a token is remembered: 7 days. */
const lifetime = 7 * 24 * 60 * 60;

type Arguments = { readonly input: { readonly tenantId: string; readonly clientToken?: string | null } };

/** To be the last of the transaction's items. */
export function tokenPut(ctx: Context<Arguments>, clientToken: string | null | undefined): TransactWriteItem[] {
  if (typeof clientToken !== 'string') return [];
  return [
    {
      putItem: {
        table: ctx.env.TRANSITIONS_TABLE ?? '',
        key: { tenantId: `TOKEN#${ctx.args.input.tenantId}#${clientToken}` },
        item: { expiresAt: util.time.nowEpochSeconds() + lifetime },
        condition: { tenantId: { attributeExists: false } },
      },
    },
  ];
}

/** Whether the transaction was refused because its token, its last item, is known. */
export function isRepeated(ctx: TenantTransactionContext<Arguments>): boolean {
  if (!isTransactionCancelled(ctx) || typeof ctx.args.input.clientToken !== 'string') return false;
  const reasons = ctx.result?.cancellationReasons ?? [];
  return reasons[reasons.length - 1]?.type === 'ConditionalCheckFailed';
}
