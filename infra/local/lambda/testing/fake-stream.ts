import { AwsError } from '../../errors.ts';
import type { JsonObject, Principal, Tables } from '../../service.ts';

interface FakeShard {
  readonly parent?: string | undefined;
  readonly records: JsonObject[];
  closed: boolean;
}

/** One stream in memory that answers as DynamoDB Streams does, and remembers who asked. */
export interface FakeStream extends Tables {
  readonly arn: string;
  readonly callers: Principal[];
  /** Iterators that were handed out so far end with this. */
  expireIterators(): void;
  failNext(error: AwsError): void;
  write(id: string, attributes?: JsonObject, shardId?: string): void;
  split(parent: string, child: string): void;
}

export function createFakeStream(): FakeStream {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/things/stream/2026-01-01T00:00:00.000';
  const shards = new Map<string, FakeShard>([['shard-1', { records: [], closed: false }]]);
  const listeners = new Set<() => void>();
  const callers: Principal[] = [];
  let sequence = 100;
  let generation = 0;
  let failure: AwsError | undefined;

  const operations: Record<string, (input: JsonObject) => JsonObject> = {
    DescribeStream: () => ({
      StreamDescription: {
        Shards: [...shards].map(([ShardId, { parent }]) => ({
          ShardId,
          ...(parent === undefined ? {} : { ParentShardId: parent }),
        })),
      },
    }),
    GetShardIterator: ({ ShardId, ShardIteratorType, SequenceNumber }) => {
      const records = shards.get(String(ShardId))?.records ?? [];
      const found = records.findIndex((record) => sequenceOf(record) === SequenceNumber);
      const position = ShardIteratorType === 'TRIM_HORIZON' ? 0 : found + 1;
      return { ShardIterator: JSON.stringify([generation, ShardId, position]) };
    },
    GetRecords: ({ ShardIterator, Limit }) => {
      const [made, shardId, position] = JSON.parse(String(ShardIterator)) as [number, string, number];
      if (made !== generation) throw new AwsError('ExpiredIteratorException', 'The iterator is too old');
      const shard = shards.get(shardId);
      if (!shard) throw new AwsError('ResourceNotFoundException', `There is no ${shardId}`);
      const Records = shard.records.slice(position, position + Number(Limit));
      const next = position + Records.length;
      const ended = shard.closed && next >= shard.records.length;
      return { Records, ...(ended ? {} : { NextShardIterator: JSON.stringify([generation, shardId, next]) }) };
    },
  };

  return {
    arn,
    authorize: () => Promise.resolve(),
    callers,
    expireIterators: () => (generation += 1),
    failNext: (error) => (failure = error),
    write(id, attributes = {}, shardId = 'shard-1') {
      sequence += 1;
      shards.get(shardId)?.records.push({
        eventID: `event-${sequence}`,
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'engine',
        dynamodb: {
          ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
          Keys: { id: { S: id } },
          NewImage: { id: { S: id }, ...attributes },
          SequenceNumber: String(sequence),
          SizeBytes: 10,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      });
      for (const listener of listeners) listener();
    },
    split(parent, child) {
      const shard = shards.get(parent);
      if (shard) shard.closed = true;
      shards.set(child, { parent, records: [], closed: false });
      for (const listener of listeners) listener();
    },
    call: async (principal, operation, input) => {
      callers.push(principal);
      if (failure) {
        const error = failure;
        failure = undefined;
        throw error;
      }
      const run = operations[operation];
      if (!run) throw new AwsError('UnknownOperationException', operation);
      return run(input);
    },
    streams: {
      onWrite(streamArn, listener) {
        if (streamArn === arn) listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

function sequenceOf(record: JsonObject): string {
  return String((record['dynamodb'] as JsonObject)['SequenceNumber']);
}
