import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Dependencies } from '../dependencies.ts';

/** Gives up a tenant's claim of a slug or an address. One that is gone, or another tenant's by now, is no obstacle. */
export async function removeClaim(
  claim: string,
  owner: string,
  { documents, tables }: Pick<Dependencies, 'documents' | 'tables'>,
): Promise<void> {
  try {
    await documents.send(
      new DeleteCommand({
        TableName: tables.TENANTS_TABLE,
        Key: { tenantId: claim },
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
