import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from '../service.ts';
import { openDurableState } from './durable.ts';

/** Just enough of an engine: one table, in memory, slow enough that writes pile up. */
function createFakeEngine() {
  const items = new Map<string, JsonObject>();
  const batches: number[] = [];
  let failures = 0;
  return {
    items,
    batches,
    failNext: (times: number) => (failures = times),
    call: async (operation: string, input: JsonObject): Promise<JsonObject> => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (operation === 'ListTables') return { TableNames: [] };
      if (operation === 'Scan') return { Items: [...items.values()] };
      if (operation !== 'BatchWriteItem') return {};
      if (failures > 0) {
        failures -= 1;
        throw new Error('engine is away');
      }
      const requests = Object.values(input['RequestItems'] as JsonObject)[0] as JsonObject[];
      batches.push(requests.length);
      for (const request of requests) {
        const put = request['PutRequest'] as { Item: JsonObject } | undefined;
        const key = put?.Item ?? (request['DeleteRequest'] as { Key: JsonObject }).Key;
        const id = JSON.stringify([key['collection'], key['id']]);
        if (put) items.set(id, put.Item);
        else items.delete(id);
      }
      return {};
    },
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was written is there after a restart, and what was deleted is not', async () => {
  const engine = createFakeEngine();
  const things = (await openDurableState(folder, engine.call)).collection<{ n: number }>('a/things');
  await Promise.all([things.put('one', { n: 1 }), things.put('two', { n: 2 })]);
  await things.put('one', { n: 3 });
  await things.delete('two');

  const again = (await openDurableState(folder, engine.call)).collection<{ n: number }>('a/things');
  expect([...again.entries()]).toEqual([['one', { n: 3 }]]);
});

test('a write shows at once and many at once share a batch', async () => {
  const engine = createFakeEngine();
  const things = (await openDurableState(folder, engine.call)).collection<number>('a/things');
  const writes = Array.from({ length: 60 }, (_, index) => things.put(`t${index}`, index));
  expect(things.size).toBe(60);
  await Promise.all(writes);
  expect(engine.batches).toEqual([25, 25, 10]);
});

test('a document larger than an item goes to a file and comes back', async () => {
  const engine = createFakeEngine();
  const large = 'x'.repeat(1_000_000);
  await (await openDurableState(folder, engine.call)).collection<string>('a/texts').put('large', large);
  expect(JSON.stringify([...engine.items.values()]).length).toBeLessThan(1000);
  expect((await openDurableState(folder, engine.call)).collection<string>('a/texts').get('large')).toBe(large);
});

test('a write waits for an engine that is coming up again, and fails when it stays away', async () => {
  const engine = createFakeEngine();
  const things = (await openDurableState(folder, engine.call)).collection<number>('a/things');
  engine.failNext(2);
  await things.put('one', 1);
  expect(engine.items.size).toBe(1);
  engine.failNext(100);
  await expect(things.put('two', 2)).rejects.toThrow('engine is away');
});
