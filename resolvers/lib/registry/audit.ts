import { type Context, util } from '@aws-appsync/utils';
import type { TransactWriteItem } from '@aws-appsync/utils/dynamodb';
import { operator } from './operator.ts';

/** What an operator does to a tenant, or to a tier, for the transaction that does it. The action is the field's name. */
export function auditPut(
  ctx: Context,
  of: { readonly tenantId?: string; readonly detail?: object },
): TransactWriteItem {
  const { userId, email } = operator(ctx);
  return {
    putItem: {
      table: ctx.env.AUDIT_LOG_TABLE ?? '',
      key: { listing: 'AUDIT', id: util.autoUlid() },
      item: {
        at: util.time.nowISO8601(),
        actor: userId,
        actorEmail: email,
        action: ctx.info.fieldName,
        ...(of.tenantId ? { tenantId: of.tenantId } : {}),
        ...(of.detail ? { detail: JSON.stringify(of.detail) } : {}),
      },
    },
  };
}
