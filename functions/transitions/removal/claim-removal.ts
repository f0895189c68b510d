import type { TransactItems } from '../../layer/transact.ts';

/** Gives up a claim of the tenant's own; one that is gone already is no obstacle. */
export function claimRemoval(table: string, claim: string, owner: string) {
  return {
    Delete: {
      TableName: table,
      Key: { tenantId: claim },
      ConditionExpression: 'attribute_not_exists(tenantId) OR #owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': owner },
    },
  } satisfies TransactItems[number];
}
