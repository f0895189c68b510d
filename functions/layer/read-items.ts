import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Source: Amazon DynamoDB API reference, BatchGetItem. */
const mostKeys = 100;
const mostAttempts = 8;

/** Every item of one table that has one of the keys, in no particular order. Keys that DynamoDB leaves out are asked for again. */
export async function readItems<Item>(
  documents: DynamoDBDocumentClient,
  table: string,
  keys: readonly Readonly<Record<string, string>>[],
): Promise<Item[]> {
  const items: Item[] = [];
  for (let first = 0; first < keys.length; first += mostKeys) {
    let left: Record<string, unknown>[] = [...keys.slice(first, first + mostKeys)];
    for (let attempt = 1; left.length > 0; attempt += 1) {
      if (attempt > mostAttempts)
        throw new Error(`${left.length} items of ${table} were not read in ${mostAttempts} attempts`);
      if (attempt > 1) await sleep(Math.random() * 20 * 2 ** attempt);
      const { Responses = {}, UnprocessedKeys = {} } = await documents.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } }),
      );
      items.push(...((Responses[table] ?? []) as Item[]));
      left = UnprocessedKeys[table]?.Keys ?? [];
    }
  }
  return items;
}
