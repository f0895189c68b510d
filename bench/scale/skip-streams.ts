import { callEngine } from '../../infra/local/dynamodb/engine-client.ts';
import type { StoredItem } from './clone-tenant.ts';
import { putItems } from './engine-items.ts';

const stateTable = 'local-cloud-state';

interface StateItem {
  readonly collection?: { readonly S: string };
  readonly value?: { readonly S: string };
}

interface Shard {
  readonly ShardId: string;
}

interface StreamRecord {
  readonly dynamodb: { readonly SequenceNumber: string };
}

/**
 * Tells every event source mapping that it has read its stream to the end, so that what was loaded is not published as if it had
 * just happened.
 */
export async function skipStreams(endpoint: string, state: readonly StoredItem[]): Promise<void> {
  const checkpoints: StoredItem[] = [];
  for (const { item } of state) {
    const { collection, value } = item as StateItem;
    if (collection?.S !== 'lambda/event-source-mappings') continue;
    const mapping = JSON.parse(value?.S ?? '{}') as { readonly id: string; readonly streamArn: string };
    const TableName = /table\/([^/]+)\/stream/.exec(mapping.streamArn)?.[1] ?? '';
    const { Table } = await callEngine(endpoint, 'DescribeTable', { TableName });
    const StreamArn = (Table as { LatestStreamArn?: string }).LatestStreamArn ?? '';
    const described = await callEngine(endpoint, 'DynamoDBStreams_20120810.DescribeStream', { StreamArn });
    for (const { ShardId } of shardsOf(described['StreamDescription'])) {
      const sequenceNumber = await endOf(endpoint, StreamArn, ShardId);
      if (sequenceNumber === undefined) continue;
      checkpoints.push({
        table: stateTable,
        item: {
          collection: { S: 'lambda/checkpoints' },
          id: { S: `${mapping.id}:${ShardId}` },
          value: { S: JSON.stringify({ sequenceNumber }) },
        },
      });
    }
  }
  await putItems(endpoint, checkpoints);
}

/** The last record's number, undefined where there is none: the engine's description of a shard compares numbers as texts. */
async function endOf(endpoint: string, StreamArn: string, ShardId: string): Promise<string | undefined> {
  const iterator = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  let { ShardIterator: next } = await callEngine(endpoint, 'DynamoDBStreams_20120810.GetShardIterator', iterator);
  let end: string | undefined;
  while (typeof next === 'string') {
    const page = await callEngine(endpoint, 'DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: next,
      Limit: 1000,
    });
    const last = (page['Records'] as unknown as readonly StreamRecord[]).at(-1);
    if (!last) return end;
    end = last.dynamodb.SequenceNumber;
    next = page['NextShardIterator'];
  }
  return end;
}

function shardsOf(description: unknown): readonly Shard[] {
  return (description as { readonly Shards?: readonly Shard[] }).Shards ?? [];
}
