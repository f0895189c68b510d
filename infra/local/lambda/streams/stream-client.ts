import type { Checkpoint } from '../model.ts';
import type { JsonObject, Principal, Tables } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import type { StreamRecord } from './records.ts';

export interface Shard {
  readonly id: string;
  readonly parent?: string | undefined;
}

export interface RecordsPage {
  readonly records: readonly StreamRecord[];
  /** Absent: the shard is closed and this is its end. */
  readonly next?: string | undefined;
}

/** One stream, read as the function's role. */
export interface StreamClient {
  shards(): Promise<Shard[]>;
  /** An iterator to what comes after the checkpoint, or to the oldest record. */
  open(shardId: string, checkpoint?: Checkpoint): Promise<string>;
  read(iterator: string, limit: number): Promise<RecordsPage>;
}

/** What GetRecords answers at most. Source: DynamoDB Streams API reference, GetRecords. */
const pageLimit = 1000;

interface DescribeStreamOutput {
  readonly StreamDescription?: {
    readonly Shards?: readonly { readonly ShardId: string; readonly ParentShardId?: string }[];
    readonly LastEvaluatedShardId?: string;
  };
}

export function createStreamClient(tables: Tables, principal: () => Principal, streamArn: string): StreamClient {
  const iteratorOf = async (input: Readonly<Record<string, string>>): Promise<string> => {
    const output = await tables.call(principal(), 'GetShardIterator', { StreamArn: streamArn, ...input });
    const iterator = output['ShardIterator'];
    if (typeof iterator === 'string') return iterator;
    throw new Error(`GetShardIterator of ${streamArn} answered no iterator`);
  };

  return {
    async shards() {
      const shards: Shard[] = [];
      let start: string | undefined;
      do {
        const paging: JsonObject = start === undefined ? {} : { ExclusiveStartShardId: start };
        const output = await tables.call(principal(), 'DescribeStream', { StreamArn: streamArn, ...paging });
        const { StreamDescription: description } = output as unknown as DescribeStreamOutput;
        for (const shard of description?.Shards ?? []) shards.push({ id: shard.ShardId, parent: shard.ParentShardId });
        start = description?.LastEvaluatedShardId;
      } while (start !== undefined);
      return shards;
    },

    async open(shardId, checkpoint) {
      const ShardId = shardId;
      const SequenceNumber = checkpoint?.sequenceNumber;
      if (SequenceNumber === undefined) return await iteratorOf({ ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      try {
        return await iteratorOf({ ShardId, ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber });
      } catch (error) {
        // The record of the checkpoint is older than what the stream keeps: go on with its oldest.
        if (!(error instanceof AwsError && error.code === 'TrimmedDataAccessException')) throw error;
        return await iteratorOf({ ShardId, ShardIteratorType: 'TRIM_HORIZON' });
      }
    },

    async read(iterator, limit) {
      const input = { ShardIterator: iterator, Limit: Math.min(limit, pageLimit) };
      const output = await tables.call(principal(), 'GetRecords', input);
      const next = output['NextShardIterator'];
      return {
        records: (output['Records'] ?? []) as unknown as StreamRecord[],
        next: typeof next === 'string' ? next : undefined,
      };
    },
  };
}
