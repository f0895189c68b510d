import type { Clock, Json } from '../../service.ts';
import type { MappingDocument } from '../model.ts';
import type { Outcome } from '../pool/outcome.ts';
import { sequenceOf, type EventRecord } from './records.ts';
import { pause } from './wake-signal.ts';

export interface DeliveryOptions {
  readonly mapping: MappingDocument;
  readonly clock: Clock;
  readonly abort: AbortSignal;
  invoke(payload: string): Promise<Outcome>;
  /** Every record up to this one is done, durably. */
  advance(sequenceNumber: string): Promise<void>;
  /** Records that are given up. */
  discard(records: readonly EventRecord[], why: string): void;
  /** `OK`, or what failed. */
  note(result: string): void;
}

const firstDelay = 100;
const longestDelay = 30_000;

interface Verdict {
  /** Records that are done, from the first on. */
  readonly done: number;
  readonly problem?: string | undefined;
}

/**
 * Brings a batch to the function until every record of it is done or given up; an abort leaves the rest to a later
 * start. Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB": error handling, partial batches.
 */
export async function deliverBatch(
  batch: readonly EventRecord[],
  options: DeliveryOptions,
  failures = 0,
): Promise<void> {
  const { mapping, abort, advance, discard, note } = options;
  let rest = await dropOld(batch, options);
  let failed = failures;

  while (rest.length > 0 && !abort.aborted) {
    const { done, problem } = await attempt(rest, options);
    note(problem === undefined ? 'OK' : `PROBLEM: ${problem}`);
    if (done > 0) {
      await advance(sequenceOf(rest[done - 1] as EventRecord));
      rest = rest.slice(done);
      if (problem !== undefined) failed = 0;
    }
    if (problem === undefined || rest.length === 0) continue;
    // The host is stopping, and what failed may have failed by that.
    if (abort.aborted) return;
    failed += 1;

    if (mapping.bisectOnError && rest.length > 1) {
      const middle = Math.ceil(rest.length / 2);
      // Splitting is no retry: the halves have all of those still before them that the whole had.
      await deliverBatch(rest.slice(0, middle), options, failed - 1);
      if (abort.aborted) return;
      await deliverBatch(rest.slice(middle), options, failed - 1);
      return;
    }
    if (mapping.maximumRetries >= 0 && failed > mapping.maximumRetries) {
      discard(rest, problem);
      await advance(sequenceOf(rest.at(-1) as EventRecord));
      return;
    }
    await pause(Math.min(firstDelay * 2 ** (failed - 1), longestDelay), abort);
    rest = await dropOld(rest, options);
  }
}

async function attempt(records: readonly EventRecord[], { mapping, invoke }: DeliveryOptions): Promise<Verdict> {
  let outcome: Outcome;
  try {
    outcome = await invoke(JSON.stringify({ Records: records }));
  } catch (error) {
    return { done: 0, problem: error instanceof Error ? error.message : String(error) };
  }
  const answer = JSON.parse(outcome.payload) as Json;
  if (outcome.failed) {
    const { errorType = 'Error' } = answer as { readonly errorType?: string };
    return { done: 0, problem: `Function call failed: ${errorType}` };
  }
  return mapping.reportItemFailures ? readItemFailures(answer, records) : { done: records.length };
}

/** A shard's records are in order, so the first failure is where the rest begins. */
function readItemFailures(answer: Json, records: readonly EventRecord[]): Verdict {
  if (answer === null) return { done: records.length };
  const listed = (answer as { readonly batchItemFailures?: Json }).batchItemFailures ?? [];
  if (!Array.isArray(listed)) return { done: 0, problem: 'The answer has no list batchItemFailures' };
  if (listed.length === 0) return { done: records.length };
  const positions = (listed as readonly { readonly itemIdentifier?: unknown }[]).map((failure) =>
    records.findIndex((record) => sequenceOf(record) === failure?.itemIdentifier),
  );
  // A failure that cannot be understood fails the whole batch.
  const done = Math.max(0, Math.min(...positions));
  return { done, problem: `${listed.length} of ${records.length} records failed` };
}

async function dropOld(records: readonly EventRecord[], options: DeliveryOptions): Promise<readonly EventRecord[]> {
  const { mapping, clock, discard, advance } = options;
  if (mapping.maximumAge < 0) return records;
  const oldest = clock.now() / 1000 - mapping.maximumAge;
  const firstYoung = records.findIndex((record) => {
    const at = record.dynamodb['ApproximateCreationDateTime'];
    return typeof at !== 'number' || at >= oldest;
  });
  const count = firstYoung === -1 ? records.length : firstYoung;
  if (count === 0) return records;
  const old = records.slice(0, count);
  discard(old, `older than ${mapping.maximumAge} seconds`);
  await advance(sequenceOf(old.at(-1) as EventRecord));
  return records.slice(count);
}
