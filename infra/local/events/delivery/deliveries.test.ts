import { expect, test } from 'vitest';
import { createMemoryState } from '../../state/memory.ts';
import type { BusEvent, Rule, Target } from '../store.ts';
import { createDeliveries } from './deliveries.ts';

const target: Target = { id: '1', arn: 'arn' };
const rule: Rule = { name: 'r', bus: 'b', enabled: true, targets: [target], createdAt: 0, tags: {} };
const event: BusEvent = {
  version: '0',
  id: 'e',
  'detail-type': 't',
  source: 's',
  account: 'a',
  time: '',
  region: 'r',
  resources: [],
  detail: {},
};

test('what was on its way when the host was killed is sent at the next start', async () => {
  const state = createMemoryState();
  const sent: string[] = [];
  const options = {
    state,
    clock: { now: () => Date.now() },
    logs: { write: () => undefined },
    newId: () => `${Math.random()}`,
    ruleCreatedAt: () => 0,
  };
  const killed = createDeliveries({ ...options, send: () => new Promise(() => undefined) });
  killed.start();
  await killed.add([{ rule, event }]);

  const next = createDeliveries({ ...options, send: async (_rule, _target, { id }) => void sent.push(id) });
  next.start();
  await next.whenIdle();
  await next.stop();
  expect(sent).toEqual(['e']);
  expect(state.collection('events/deliveries').size).toBe(0);
});
