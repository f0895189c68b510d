import type { Checkpoints } from './checkpoints.ts';
import { readShard, type ShardReaderOptions } from './read-shard.ts';
import type { Shard, StreamClient } from './stream-client.ts';
import { createWakeSignal, pause, type WakeSignal } from './wake-signal.ts';

export interface RunMappingOptions extends Omit<ShardReaderOptions, 'wake'> {
  /** Runs the listener soon after each write; answers how to stop. */
  onWrite(listener: () => void): () => void;
}

/** Milliseconds before a mapping that failed as a whole (its stream, its role) is tried again. */
const recoveryDelay = 1000;

/** Reads every shard of a mapping's stream, children after their parents, until an abort. Never throws. */
export async function runMapping(options: RunMappingOptions): Promise<void> {
  const { client, checkpoints, abort, note, pollInterval } = options;
  const signals = new Set<WakeSignal>();
  const unsubscribe = options.onWrite(() => {
    for (const signal of signals) signal.raise();
  });
  const running = new Map<string, Promise<void>>();
  const changed = createWakeSignal();

  const run = async (shard: Shard): Promise<void> => {
    const wake = createWakeSignal();
    signals.add(wake);
    try {
      await readShard(shard.id, { ...options, wake });
    } catch (error) {
      note(problem(error));
      await pause(recoveryDelay, abort);
    } finally {
      signals.delete(wake);
      running.delete(shard.id);
      changed.raise();
    }
  };

  while (!abort.aborted) {
    try {
      const shards = await client.shards();
      await checkpoints.keepOnly(shards.map(({ id }) => id));
      for (const shard of shards) {
        if (!running.has(shard.id) && isDue(shard, shards, checkpoints)) running.set(shard.id, run(shard));
      }
    } catch (error) {
      note(problem(error));
      await pause(recoveryDelay, abort);
    }
    await changed.wait(pollInterval, abort);
  }
  unsubscribe();
  await Promise.all(running.values());
}

/** A shard's turn comes when its parent, if the stream still has it, is done. */
function isDue(shard: Shard, shards: readonly Shard[], checkpoints: Checkpoints): boolean {
  if (checkpoints.get(shard.id)?.finished) return false;
  const parent = shards.find(({ id }) => id === shard.parent);
  return !parent || checkpoints.get(parent.id)?.finished === true;
}

function problem(error: unknown): string {
  return `PROBLEM: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * Makes LATEST durable: notes where each shard ends now, so that a crash before the first record skips nothing that was
 * written meanwhile.
 */
export async function skipToLatest(client: StreamClient, checkpoints: Checkpoints): Promise<void> {
  const shards = await client.shards();
  const parents = new Set(shards.map(({ parent }) => parent));
  for (const { id } of shards) {
    // A shard with children is closed; its records are all of the past.
    if (parents.has(id)) await checkpoints.put(id, { finished: true });
    else await checkpoints.put(id, { sequenceNumber: await lastSequence(client, id) });
  }
}

async function lastSequence(client: StreamClient, shardId: string): Promise<string | undefined> {
  let iterator: string | undefined = await client.open(shardId);
  let last: string | undefined;
  while (iterator !== undefined) {
    const page = await client.read(iterator, 1000);
    if (page.records.length === 0) return last;
    last = page.records.at(-1)?.dynamodb.SequenceNumber ?? last;
    iterator = page.next;
  }
  return last;
}
