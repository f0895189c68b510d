import type { Json } from '../../service.ts';

export interface BatchEntry<Answer> {
  readonly payload: Json;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Gathers what sibling fields of one request ask of one function within a turn of the event loop. */
export interface BatchQueue {
  /**
   * @param key - whose batch: the resolver and its data source
   * @param send - runs once a batch is full or the turn ends, and answers one answer an entry, in order
   */
  add<Answer>(
    key: string,
    maximumSize: number,
    payload: Json,
    send: (payloads: readonly Json[]) => Promise<readonly Answer[]>,
  ): Promise<Answer>;
}

export function createBatchQueue(): BatchQueue {
  const waiting = new Map<string, BatchEntry<unknown>[]>();

  const flush = (key: string, send: (payloads: readonly Json[]) => Promise<readonly unknown[]>): void => {
    const entries = waiting.get(key);
    if (!entries) return;
    waiting.delete(key);
    send(entries.map((entry) => entry.payload)).then(
      (answers) => entries.forEach((entry, index) => entry.resolve(answers[index])),
      (error: unknown) => entries.forEach((entry) => entry.reject(error)),
    );
  };

  return {
    add: (key, maximumSize, payload, send) =>
      new Promise((resolve, reject) => {
        const entry = { payload, resolve, reject } as BatchEntry<unknown>;
        const entries = waiting.get(key);
        if (entries) entries.push(entry);
        else {
          waiting.set(key, [entry]);
          setImmediate(() => flush(key, send));
        }
        if ((entries?.length ?? 1) >= maximumSize) flush(key, send);
      }),
  };
}
