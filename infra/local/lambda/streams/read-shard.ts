import { AwsError } from '../../errors.ts';
import type { Clock, Environment, Json } from '../../service.ts';
import type { MappingDocument } from '../model.ts';
import type { Checkpoints } from './checkpoints.ts';
import { deliverBatch, type DeliveryOptions } from './deliver-batch.ts';
import type { Matcher } from './match-pattern.ts';
import { sequenceOf, splitBatches, toEventRecord, type StreamRecord } from './records.ts';
import type { StreamClient } from './stream-client.ts';
import type { WakeSignal } from './wake-signal.ts';

export interface ShardReaderOptions extends Omit<DeliveryOptions, 'advance'> {
  readonly mapping: MappingDocument;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly client: StreamClient;
  readonly checkpoints: Checkpoints;
  /** A record passes if one of them matches; none: every record passes. */
  readonly filters: readonly Matcher[];
  readonly wake: WakeSignal;
  /** Milliseconds between looks at a stream that nothing is heard of. */
  readonly pollInterval: number;
}

/** Iterators end after fifteen minutes, and with the process that made them. */
const lostIterator: ReadonlySet<string> = new Set(['ExpiredIteratorException', 'TrimmedDataAccessException']);

/** Brings a shard's records to the function in order, from its checkpoint on, until the shard ends or an abort. */
export async function readShard(shardId: string, options: ShardReaderOptions): Promise<void> {
  const { client, checkpoints, abort, wake, pollInterval } = options;
  let iterator: string | undefined;

  while (!abort.aborted) {
    iterator ??= await client.open(shardId, checkpoints.get(shardId));
    const gathered = await gather(iterator, options);
    if (gathered === undefined) {
      iterator = undefined;
      continue;
    }
    const { records, next } = gathered;
    if (records.length > 0) await deliver(shardId, records, options);
    if (abort.aborted) return;
    if (next === undefined) {
      await checkpoints.put(shardId, { ...checkpoints.get(shardId), finished: true });
      return;
    }
    iterator = next;
    if (records.length === 0) await wake.wait(pollInterval, abort);
  }
}

interface Gathered {
  readonly records: readonly StreamRecord[];
  readonly next?: string | undefined;
}

/** Reads what is there; with a batching window, until there is a whole batch or the window is over. */
async function gather(first: string, options: ShardReaderOptions): Promise<Gathered | undefined> {
  const { mapping, client, clock, abort, wake } = options;
  const records: StreamRecord[] = [];
  let next: string | undefined = first;
  let deadline: number | undefined;

  while (next !== undefined && !abort.aborted) {
    let page;
    try {
      page = await client.read(next, mapping.batchSize - records.length);
    } catch (error) {
      if (records.length === 0 && error instanceof AwsError && lostIterator.has(error.code)) return undefined;
      throw error;
    }
    records.push(...page.records);
    next = page.next;
    if (records.length === 0 || records.length >= mapping.batchSize || mapping.batchingWindow === 0) break;
    deadline ??= clock.now() + mapping.batchingWindow * 1000;
    const left = deadline - clock.now();
    if (left <= 0) break;
    await wake.wait(left, abort);
  }
  return { records, next };
}

async function deliver(shardId: string, records: readonly StreamRecord[], options: ShardReaderOptions): Promise<void> {
  const { mapping, environment, checkpoints, filters, abort } = options;
  const advance = (sequenceNumber: string): Promise<void> => checkpoints.put(shardId, { sequenceNumber });
  const passing = records
    .map((record) => toEventRecord(record, mapping.streamArn, environment))
    .filter((record) => filters.length === 0 || filters.some((matches) => matches(record as unknown as Json)));

  for (const batch of splitBatches(passing, mapping.batchSize)) {
    await deliverBatch(batch, { ...options, advance });
    if (abort.aborted) return;
  }
  // Records that the filters held back after the last that passed are done, too.
  const last = records.at(-1) as StreamRecord;
  if (checkpoints.get(shardId)?.sequenceNumber !== sequenceOf(last)) await advance(sequenceOf(last));
}
