import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import type { HandleCustomResource } from '../layer/custom-resource.ts';
import { readStackFacts, type StackFacts } from './stack-facts.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly mappingTable: string;
  readonly clock: Clock;
}

/**
 * Keeps where the stack is, in its row of TenantStackMapping. The row itself, and what else is in it (status, release, wave, runs), is
 * the runs': a stack that goes takes only its own facts with it.
 */
export function registerStack({ documents, mappingTable, clock }: Dependencies): HandleCustomResource {
  return async ({ RequestType, ResourceProperties }) => {
    const facts = readStackFacts(ResourceProperties);
    await (RequestType === 'Delete' ? remove(facts) : write(facts));
    // A stack that turns to another tenant replaces its row.
    return { physicalResourceId: `stack-mapping-${facts.tenantId}` };
  };

  async function write({ tenantId, ...facts }: StackFacts): Promise<void> {
    const set = { ...facts, updatedAt: clock().toISOString() };
    const names = Object.keys(set);
    await documents.send(
      new UpdateCommand({
        TableName: mappingTable,
        Key: { tenantId },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      }),
    );
  }

  /** Leaves the facts of a newer stack of the same tenant alone, and makes no row. */
  async function remove({ tenantId, apiId }: StackFacts): Promise<void> {
    try {
      await documents.send(
        new UpdateCommand({
          TableName: mappingTable,
          Key: { tenantId },
          UpdateExpression: 'REMOVE apiId, graphqlUrl, realtimeUrl, userPoolId, userPoolClientId',
          ConditionExpression: 'apiId = :apiId',
          ExpressionAttributeValues: { ':apiId': apiId },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
