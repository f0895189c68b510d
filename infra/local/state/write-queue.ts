import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../service.ts';
import type { EngineCall } from './durable.ts';

/** Each promise resolves when the write is on disk. */
export interface WriteQueue {
  put(key: JsonObject, attributes: JsonObject): Promise<void>;
  delete(key: JsonObject): Promise<void>;
}

interface Waiting {
  readonly request: JsonObject;
  readonly settle: ((error?: Error) => void)[];
}

/** What BatchWriteItem takes at once. Source: DynamoDB API reference, BatchWriteItem. */
const batchSize = 25;
/** The engine may be on its way up again after a crash: waits of 20 ms, 40 ms, … about ten seconds in all. */
const attempts = 9;

/**
 * Gathers writes that arrive while the one before is on its way into one batch, so that many at once share a flush to
 * disk. Writes of one key keep their order; of several waiting ones only the last is sent.
 */
export function createWriteQueue(call: EngineCall, table: string): WriteQueue {
  let waiting = new Map<string, Waiting>();
  let running = false;

  const add = (key: JsonObject, request: JsonObject): Promise<void> =>
    new Promise((resolve, reject) => {
      const id = JSON.stringify(key);
      const earlier = waiting.get(id)?.settle ?? [];
      waiting.set(id, { request, settle: [...earlier, (error) => (error ? reject(error) : resolve())] });
      if (!running) void run();
    });

  const run = async (): Promise<void> => {
    running = true;
    // What the current turn of the event loop still adds goes along.
    await Promise.resolve();
    while (waiting.size > 0) {
      const batch = [...waiting.entries()].slice(0, batchSize);
      if (batch.length === waiting.size) waiting = new Map();
      else for (const [id] of batch) waiting.delete(id);
      const failure = await send(batch.map(([, { request }]) => request));
      for (const [, { settle }] of batch) for (const each of settle) each(failure);
    }
    running = false;
  };

  const send = async (requests: readonly JsonObject[]): Promise<Error | undefined> => {
    let rest: readonly JsonObject[] = requests;
    let failure: unknown;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await sleep(10 * 2 ** attempt);
      try {
        const answer = await call('BatchWriteItem', { RequestItems: { [table]: rest } });
        const left = (answer['UnprocessedItems'] as JsonObject | undefined)?.[table] as
          | readonly JsonObject[]
          | undefined;
        if (!left || left.length === 0) return undefined;
        rest = left;
        failure = new Error(`The engine left ${left.length} writes of the cloud's own state undone`);
      } catch (error) {
        failure = error;
      }
    }
    return failure instanceof Error ? failure : new Error(String(failure));
  };

  return {
    put: (key, attributes) => add(key, { PutRequest: { Item: { ...key, ...attributes } } }),
    delete: (key) => add(key, { DeleteRequest: { Key: key } }),
  };
}
