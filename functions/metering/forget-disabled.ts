import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import { type TransactItems, transact } from '../layer/transact.ts';

export interface ForgetDependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<'GATES_TABLE' | 'TENANT_USERS_TABLE', string>>;
  readonly clock: Clock;
}

/**
 * A user stays in the gate's `blockedUsers` for so long after being disabled: longer than AppSync may have an authorizer's answer from
 * before, which is a minute. After that the authorizer refuses by itself.
 */
const blockedFor = 2 * 60 * 1000;

/** A transaction takes 100 items; the gate is one. Source: Amazon DynamoDB API reference, TransactWriteItems. */
const mostAtOnce = 99;

/**
 * Takes users out of a gate whom the registry has had as disabled for long enough: each request rewrites the gate and costs by
 * its size. That the registry still has each so is a condition of the same transaction, so who was enabled and disabled again in the meantime stays.
 */
export function forgetDisabled({ documents, tables, clock }: ForgetDependencies) {
  return async (tenantId: string, blockedUsers: ReadonlySet<string> = new Set()): Promise<void> => {
    const userIds = [...blockedUsers];
    for (let first = 0; first < userIds.length; first += mostAtOnce) {
      await forget(tenantId, userIds.slice(first, first + mostAtOnce));
    }
  };

  async function forget(tenantId: string, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const outcome = await transact(documents, [
      ...userIds.map((userId) => isLongDisabled(tenantId, userId)),
      removal(tenantId, userIds),
    ]);
    // The last one is the gate: it is gone.
    if (outcome.written || outcome.refused.includes(userIds.length)) return;
    await forget(
      tenantId,
      userIds.filter((_, index) => !outcome.refused.includes(index)),
    );
  }

  function isLongDisabled(tenantId: string, userId: string): TransactItems[number] {
    return {
      ConditionCheck: {
        TableName: tables.TENANT_USERS_TABLE,
        Key: { tenantId, userId },
        ConditionExpression: '#status = :disabled AND updatedAt <= :before',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':disabled': 'DISABLED',
          ':before': new Date(clock().getTime() - blockedFor).toISOString(),
        },
      },
    };
  }

  function removal(tenantId: string, userIds: readonly string[]): TransactItems[number] {
    return {
      Update: {
        TableName: tables.GATES_TABLE,
        Key: { tenantId },
        UpdateExpression: 'DELETE blockedUsers :users',
        ConditionExpression: 'attribute_exists(tenantId)',
        ExpressionAttributeValues: { ':users': new Set(userIds) },
      },
    };
  }
}
