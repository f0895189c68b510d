import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { HandleCustomResource } from '../layer/custom-resource.ts';
import { tierDefaults } from './tiers.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tiersTable: string;
}

/** Writes the tiers that the table lacks. Those that are there are the operators', so a deployment leaves them alone. */
export function seedTiers({ documents, tiersTable }: Dependencies): HandleCustomResource {
  return async ({ RequestType }) => {
    if (RequestType !== 'Delete') {
      for (const settings of tierDefaults) {
        await putIfMissing({ ...settings });
      }
    }
    return { physicalResourceId: 'tier-defaults' };
  };

  async function putIfMissing(item: Record<string, unknown>): Promise<void> {
    try {
      await documents.send(
        new PutCommand({ TableName: tiersTable, Item: item, ConditionExpression: 'attribute_not_exists(tier)' }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
