import { expect, test, vi } from 'vitest';
import type { FunctionDocument } from '../model.ts';
import type { FunctionWorker } from './function-worker.ts';
import type { Invocation } from './outcome.ts';
import { createPool, type PoolLimits } from './pool.ts';

/** Workers that answer when told to. */
function givenPool(limits: Partial<PoolLimits> = {}) {
  let now = 1_000_000;
  let serial = 0;
  const live = new Set<string>();
  const running: { worker: string; event: string; finish: () => void }[] = [];
  const startWorker = async (document: FunctionDocument): Promise<FunctionWorker> => {
    serial += 1;
    const id = `${document.name}#${serial}`;
    let ended = false;
    live.add(id);
    return {
      document,
      expiresAt: now + 3_600_000,
      get ended() {
        return ended;
      },
      run: ({ event }) =>
        new Promise((resolve) => {
          const finish = () => resolve({ payload: JSON.stringify(id), failed: false, duration: 0, log: [] });
          running.push({ worker: id, event, finish });
        }),
      end: async () => {
        ended = true;
        live.delete(id);
      },
    };
  };
  const all: PoolLimits = { perFunction: 2, total: 3, queue: 10, idle: 1000, patience: 1, farewell: 10, ...limits };
  const pool = createPool(startWorker, { now: () => now }, all);
  return {
    pool,
    live,
    running,
    pass: (milliseconds: number) => (now += milliseconds),
    /** Runs an event and answers the worker that did it. */
    run: async (name: string, revision = '1') => {
      const outcome = pool.run(documentOf(name, revision), eventOf(name));
      await vi.waitFor(() => expect(running.length).toBeGreaterThan(0));
      running.shift()?.finish();
      return JSON.parse((await outcome).payload) as string;
    },
  };
}

const documentOf = (name: string, revision = '1') =>
  ({ name, version: '$LATEST', revision, timeout: 3 } as unknown as FunctionDocument);
const eventOf = (event: string) => ({ event } as Invocation);

test('a warm worker is taken again; another revision gets a new one', async () => {
  const { run, live } = givenPool();
  expect([await run('a'), await run('a'), await run('a', '2')]).toEqual(['a#1', 'a#1', 'a#2']);
  await vi.waitFor(() => expect([...live]).toEqual(['a#2']));
});

test('a worker whose credentials come to their end is renewed', async () => {
  const { run, pass } = givenPool();
  await run('a');
  pass(3_500_000);
  expect(await run('a')).toBe('a#1');
  pass(50_000);
  expect(await run('a')).toBe('a#2');
});

test('a worker that has been idle for long ends', async () => {
  const { run, pool, live, pass } = givenPool();
  await run('a');
  pool.sweep();
  expect(live.size).toBe(1);
  pass(1001);
  pool.sweep();
  expect(live.size).toBe(0);
});

test('at the bound of the process the worker that has been idle for longest gives way', async () => {
  const { run, live, pass } = givenPool();
  for (const name of ['a', 'b', 'c', 'd']) {
    await run(name);
    pass(10);
  }
  expect([...live]).toEqual(['b#2', 'c#3', 'd#4']);
});

test('a function without a worker does not wait for ever behind a busy one', async () => {
  const { pool, running, live } = givenPool({ total: 1 });
  const busy = Array.from({ length: 3 }, () => pool.run(documentOf('a'), eventOf('a')));
  const other = pool.run(documentOf('b'), eventOf('b'));
  await vi.waitFor(() => expect(running).toHaveLength(1));
  running.shift()?.finish();
  await vi.waitFor(() => expect(running.map(({ event }) => event)).toEqual(['b']));
  expect([...live]).toEqual(['b#2']);
  running.shift()?.finish();
  await other;
  for (let left = 2; left > 0; left -= 1) {
    await vi.waitFor(() => expect(running.map(({ event }) => event)).toEqual(['a']));
    running.shift()?.finish();
  }
  await Promise.all(busy);
});

test('a queue that is full refuses further events', async () => {
  const { pool, running } = givenPool({ queue: 2 });
  const accepted = [1, 2].map(() => pool.run(documentOf('a'), eventOf('a')));
  expect(() => pool.run(documentOf('a'), eventOf('a'))).toThrow('Rate Exceeded.');
  for (let left = accepted.length; left > 0; left -= 1) {
    await vi.waitFor(() => expect(running.length).toBeGreaterThan(0));
    running.shift()?.finish();
  }
  await Promise.all(accepted);
});

test('stopping lets a running event end, and refuses what waits', async () => {
  const { pool, running, live } = givenPool({ perFunction: 1, farewell: 1000 });
  const first = pool.run(documentOf('a'), eventOf('first'));
  await vi.waitFor(() => expect(running).toHaveLength(1));
  const second = pool.run(documentOf('a'), eventOf('second'));
  const refused = expect(second).rejects.toThrow('stopping');
  const stopped = pool.stop();
  running.shift()?.finish();
  expect((await first).failed).toBe(false);
  await refused;
  await stopped;
  expect(live.size).toBe(0);
});
