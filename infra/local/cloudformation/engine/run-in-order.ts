/** Thrown where work stops because the host does; what was under way is taken up at the next start. */
export class EngineStopped extends Error {
  override readonly name = 'EngineStopped';
}

export interface OrderedWork {
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** How many run at a time. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Whether nothing new is to begin any more. */
  halted?(): boolean;
  run(name: string): Promise<void>;
}

/**
 * Runs each name once all that it depends on is done, several at a time. After a failure, or once halted, nothing new begins;
 * what runs is waited for, then the failures are answered in the order in which they came.
 */
export async function runInOrder({
  dependencies,
  limit,
  signal,
  halted,
  run,
}: OrderedWork): Promise<readonly unknown[]> {
  const missing = new Map(
    [...dependencies].map(([name, needs]) => [name, needs.filter((need) => dependencies.has(need)).length]),
  );
  const dependents = new Map<string, string[]>();
  for (const [name, needs] of dependencies) {
    for (const need of needs) dependents.set(need, [...(dependents.get(need) ?? []), name]);
  }
  const ready = [...missing].filter(([, count]) => count === 0).map(([name]) => name);
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();

  const begin = (name: string): void => {
    const step = run(name)
      .then(() => {
        for (const dependent of dependents.get(name) ?? []) {
          const count = (missing.get(dependent) ?? 0) - 1;
          missing.set(dependent, count);
          if (count === 0) ready.push(dependent);
        }
      })
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(step));
    running.add(step);
  };

  for (;;) {
    if (signal.aborted) break;
    while (failures.length === 0 && !halted?.() && ready.length > 0 && running.size < limit)
      begin(ready.shift() as string);
    if (running.size === 0) break;
    await Promise.race(running);
  }
  await Promise.all(running);
  const stopped = failures.find((failure) => failure instanceof EngineStopped);
  if (stopped !== undefined) throw stopped;
  if (signal.aborted && failures.length === 0) throw new EngineStopped();
  return failures;
}
