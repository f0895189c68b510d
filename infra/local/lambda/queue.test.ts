import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Registry } from './registry/registry.ts';
import { createInvocationQueue, type QueueDependencies } from './invocations/queue.ts';
import type { QueuedInvocation } from './model.ts';
import { createMemoryState } from '../state/memory.ts';
import { givenLambda, root } from './testing/given-lambda.ts';
import type { ResolvedFunction } from './registry/registry.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queue-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const target = { arn: 'arn:aws:lambda:us-east-1:000000000000:function:f' } as ResolvedFunction;

function givenQueue(overrides: Partial<QueueDependencies>) {
  const logged: string[] = [];
  const registry: Pick<Registry, 'resolve' | 'find'> = { resolve: () => target, find: () => undefined };
  const queue = createInvocationQueue({
    state: createMemoryState(folder),
    clock: { now: Date.now },
    logs: { write: (_group, _stream, messages) => logged.push(...messages) },
    randomBytes,
    registry: registry as Registry,
    invoke: async () => ({ payload: 'null', failed: false, duration: 1, log: [] }),
    retryDelays: [5, 10],
    ...overrides,
  });
  return { queue, logged };
}

test('an event is on disk before it is acknowledged, and gone when it is done', async () => {
  const state = createMemoryState(folder);
  const events = state.collection<QueuedInvocation>('lambda/queue');
  const payloads: string[] = [];
  const { queue } = givenQueue({
    state,
    invoke: async (_target, payload) => {
      payloads.push(payload);
      return { payload: 'null', failed: false, duration: 1, log: [] };
    },
  });
  await queue.accept(target, '{"n":1}');
  expect([...events.values()]).toMatchObject([{ payload: '{"n":1}', failures: 0 }]);
  await vi.waitFor(() => expect(payloads).toEqual(['{"n":1}']));
  await vi.waitFor(() => expect(events.size).toBe(0));
});

test('what fails is tried twice more under the same request id, then dropped with a line in the log', async () => {
  const state = createMemoryState(folder);
  const ids: (string | undefined)[] = [];
  const { queue, logged } = givenQueue({
    state,
    invoke: async (_target, _payload, options) => {
      ids.push(options?.requestId);
      return { payload: '{"errorType":"Broken"}', failed: true, duration: 1, log: [] };
    },
  });
  const id = await queue.accept(target, '{}');
  await vi.waitFor(() => expect(logged).toHaveLength(1));
  expect(ids).toEqual([id, id, id]);
  expect(logged[0]).toContain('3 attempts failed, the last with Broken');
  expect(state.collection('lambda/queue').size).toBe(0);
});

test('what was accepted before a crash runs after it', async () => {
  const journal = join(folder, 'journal');
  const code = `exports.handler = async (event) => require('node:fs').appendFileSync(${JSON.stringify(
    journal,
  )}, event.n);`;
  const first = await givenLambda();
  const arn = await first.deploy('later', code);
  await first.lambda.invokeLater(root, arn, { n: 'x' });
  await vi.waitFor(async () => expect(await readFile(journal, 'utf8')).toBe('x'), { timeout: 3000 });

  // As a crash leaves it: acknowledged, on disk, not run.
  const event: QueuedInvocation = {
    id: 'e',
    functionArn: arn,
    payload: '{"n":"y"}',
    failures: 0,
    acceptedAt: Date.now(),
  };
  await first.lambda.stop?.();
  await first.state.collection<QueuedInvocation>('lambda/queue').put('e', event);
  const second = await givenLambda({
    state: first.state,
    environment: {
      accountId: '000000000000',
      region: 'us-east-1',
      partition: 'aws',
      endpoint: 'http://localhost:4566',
      certificateAuthority: '',
      folder: first.folder,
    },
  });
  await vi.waitFor(async () => expect(await readFile(journal, 'utf8')).toBe('xy'), { timeout: 3000 });
  await second.stop();
});
