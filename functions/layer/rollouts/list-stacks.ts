import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { StackMappingItem } from '../registry.ts';

export interface StackListing {
  readonly documents: DynamoDBDocumentClient;
  readonly mappingTable: string;
}

/** Every tenant stack, by its tenant's id. The index may lag a moment behind the table. */
export async function listStacks({ documents, mappingTable }: StackListing): Promise<StackMappingItem[]> {
  const found: StackMappingItem[] = [];
  let next: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: mappingTable,
        IndexName: 'listing',
        KeyConditionExpression: 'listing = :listing',
        ExpressionAttributeValues: { ':listing': 'STACK' },
        ...(next && { ExclusiveStartKey: next }),
      }),
    );
    found.push(...((page.Items ?? []) as StackMappingItem[]));
    next = page.LastEvaluatedKey;
  } while (next);
  return found;
}
