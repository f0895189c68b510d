import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Collection, State } from '../../service.ts';
import { createMemoryState, MemoryCollection } from '../../state/memory.ts';
import { chain, environmentOf, FakeService, template } from '../testing/fake-cloud.ts';
import { createEngineContext } from './context.ts';
import { createStackRunner } from './stack-runner.ts';

/** Writes show at once and are on disk a while later, as with a real disk. */
class SlowCollection<Value> extends MemoryCollection<Value> {
  override async put(id: string, value: Value): Promise<void> {
    await super.put(id, value);
    await sleep(20);
  }
}

test('what is asked for as soon as a stack shows its end comes after that, and is done once', async () => {
  const collections = new Map<string, Collection<unknown>>();
  const state: State = {
    blobs: createMemoryState().blobs,
    collection<Value>(name: string): Collection<Value> {
      const existing = collections.get(name) ?? new SlowCollection<unknown>();
      collections.set(name, existing);
      return existing as Collection<Value>;
    },
  };
  const service = new FakeService();
  const context = createEngineContext({
    state,
    environment: environmentOf('http://localhost:1'),
    clock: { now: () => Date.now() },
    parameters: { get: () => undefined },
    signal: new AbortController().signal,
    provider: () => service.provider,
  });
  const runner = createStackRunner(context);
  const request = { name: 'S', templateText: template(chain(['A', 'B'])), parameters: {}, tags: {}, capabilities: [] };
  const { stackId } = await runner.create(request);
  const shows = (status: string) =>
    expect.poll(() => context.stackOf(stackId).status, { interval: 1, timeout: 5000 }).toBe(status);
  await shows('CREATE_COMPLETE');
  await runner.update(context.stackOf(stackId), { ...request, tags: { owner: 'me' } });
  await shows('UPDATE_COMPLETE');
  await runner.delete(context.stackOf(stackId));
  expect((await runner.settled(stackId)).status).toBe('DELETE_COMPLETE');
  expect(service.calls).toEqual(['create A', 'create B', 'update A', 'update B', 'delete B', 'delete A']);
});
