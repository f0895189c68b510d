import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import type { HandleCustomResource } from '../layer/custom-resource.ts';
import { readStackFacts, type StackFacts } from './stack-facts.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly mappingTable: string;
  readonly clock: Clock;
}

/** Keeps the stack's row of TenantStackMapping like its properties. What others keep there (wave, runs) stays. */
export function registerStack({ documents, mappingTable, clock }: Dependencies): HandleCustomResource {
  return async ({ RequestType, ResourceProperties }) => {
    const facts = readStackFacts(ResourceProperties);
    await (RequestType === 'Delete' ? remove(facts) : write(facts));
    // A stack that turns to another tenant replaces its row.
    return { physicalResourceId: `stack-mapping-${facts.tenantId}` };
  };

  async function write({ tenantId, ...facts }: StackFacts): Promise<void> {
    const set = {
      ...facts,
      status: 'ACTIVE',
      updatedAt: clock().toISOString(),
    };
    const names = Object.keys(set);
    const assignments = names.map((name) => `#${name} = :${name}`).join(', ');
    await documents.send(
      new UpdateCommand({
        TableName: mappingTable,
        Key: { tenantId },
        UpdateExpression: `SET ${assignments}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      }),
    );
  }

  /** Leaves the row of a newer stack of the same tenant alone. */
  async function remove({ tenantId, stackName }: StackFacts): Promise<void> {
    try {
      await documents.send(
        new DeleteCommand({
          TableName: mappingTable,
          Key: { tenantId },
          ConditionExpression: 'stackName = :stackName',
          ExpressionAttributeValues: { ':stackName': stackName },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
