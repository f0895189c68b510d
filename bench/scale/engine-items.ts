import { callEngine } from '../../infra/local/dynamodb/engine-client.ts';
import type { JsonObject } from '../../infra/local/service.ts';
import type { StoredItem } from './clone-tenant.ts';

/** What the engine takes at once. */
const batchSize = 25;
const atOnce = 4;

/** What waits for its turn is of nobody: it would run again. */
const passing = /^(lambda\/queue|events\/deliveries)$/;

/** Everything that an engine holds, the local cloud's own documents too. */
export async function allItems(endpoint: string): Promise<StoredItem[]> {
  const { TableNames } = await callEngine(endpoint, 'ListTables', {});
  const items: StoredItem[] = [];
  for (const table of TableNames as readonly string[]) {
    let start: JsonObject = {};
    do {
      const page = await callEngine(endpoint, 'Scan', { TableName: table, ...start });
      for (const item of page['Items'] as unknown as StoredItem['item'][])
        if (!passing.test((item as { collection?: { S?: string } }).collection?.S ?? '')) items.push({ table, item });
      start = page['LastEvaluatedKey'] === undefined ? {} : { ExclusiveStartKey: page['LastEvaluatedKey'] };
    } while ('ExclusiveStartKey' in start);
  }
  return items;
}

export async function putItems(endpoint: string, items: Iterable<StoredItem>): Promise<number> {
  let count = 0;
  const writing = new Set<Promise<void>>();
  for (const batch of batches(items)) {
    count += batch.length;
    const write = putBatch(endpoint, batch).finally(() => writing.delete(write));
    writing.add(write);
    if (writing.size >= atOnce) await Promise.race(writing);
  }
  await Promise.all(writing);
  return count;
}

async function putBatch(endpoint: string, batch: readonly StoredItem[]): Promise<void> {
  const RequestItems: Record<string, JsonObject[]> = {};
  for (const { table, item } of batch) (RequestItems[table] ??= []).push({ PutRequest: { Item: item as JsonObject } });
  const { UnprocessedItems = {} } = await callEngine(endpoint, 'BatchWriteItem', { RequestItems });
  const left = Object.keys(UnprocessedItems as object);
  if (left.length > 0) throw new Error(`The engine left items of ${left.join(', ')} undone, expected it to take all`);
}

function* batches(items: Iterable<StoredItem>): Generator<StoredItem[]> {
  let batch: StoredItem[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
