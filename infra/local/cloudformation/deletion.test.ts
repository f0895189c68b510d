import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Stack } from './engine/model.ts';
import { chain, createFakeCloud, template, thing } from './testing/fake-cloud.ts';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const resources = chain(['A', 'B', 'C']);
const madeOf = (calls: readonly string[]) => calls.filter((call) => call.startsWith('create'));

test('a stack that is being created is deleted: nothing more is begun, and what was made goes', async () => {
  const letGo = api.service.hold('create B');
  const create = new CreateStackCommand({ StackName: 'Cut', TemplateBody: template(resources) });
  const { StackId = '' } = await api.client.send(create);
  await expect.poll(() => api.service.calls).toContain('create B');
  await api.client.send(new DeleteStackCommand({ StackName: 'Cut', ClientRequestToken: 'away' }));
  expect((await api.describeStack('Cut'))?.StackStatus).toBe('DELETE_IN_PROGRESS');
  await api.client.send(new DeleteStackCommand({ StackName: 'Cut' }));
  letGo();
  await waitUntilStackDeleteComplete(api.waiting(), { StackName: StackId });
  expect(api.service.calls).toEqual(['create A', 'create B', 'delete B', 'delete A']);
  expect(api.service.existing.size).toBe(0);
  const { StackEvents = [] } = await api.client.send(new DescribeStackEventsCommand({ StackName: StackId }));
  const ofStack = StackEvents.filter(({ PhysicalResourceId }) => PhysicalResourceId === StackId);
  expect(ofStack.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
    'DELETE_COMPLETE',
    'DELETE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ]);
  expect(ofStack[1]?.ClientRequestToken).toBe('away');
});

test('so is one whose creation fails or is rolled back at that moment', async () => {
  for (const held of ['create B', 'delete A']) {
    api.service.calls.length = 0;
    api.service.failing.add('create B');
    const letGo = api.service.hold(held);
    const create = new CreateStackCommand({ StackName: 'Failing', TemplateBody: template(resources) });
    const { StackId = '' } = await api.client.send(create);
    await expect.poll(() => api.service.calls).toContain(held);
    await api.client.send(new DeleteStackCommand({ StackName: 'Failing' }));
    letGo();
    await waitUntilStackDeleteComplete(api.waiting(), { StackName: StackId });
    expect(madeOf(api.service.calls)).toEqual(['create A', 'create B']);
    expect(api.service.existing.size).toBe(0);
  }
  api.service.failing.clear();
});

test('one that is being updated is not; one that is protected is not either', async () => {
  await api.create('Busy', template({ U: thing({ Value: '1' }) }));
  const letGo = api.service.hold('update U');
  const TemplateBody = template({ U: thing({ Value: '2' }) });
  await api.client.send(new UpdateStackCommand({ StackName: 'Busy', TemplateBody }));
  await expect(api.client.send(new DeleteStackCommand({ StackName: 'Busy' }))).rejects.toThrow(
    'Stack [Busy] cannot be deleted while in status UPDATE_IN_PROGRESS',
  );
  letGo();
  await expect.poll(async () => (await api.describeStack('Busy'))?.StackStatus).toBe('UPDATE_COMPLETE');

  const letGoOn = api.service.hold('create P');
  const create = { StackName: 'Kept', TemplateBody: template({ P: thing() }), EnableTerminationProtection: true };
  await api.client.send(new CreateStackCommand(create));
  await expect(api.client.send(new DeleteStackCommand({ StackName: 'Kept' }))).rejects.toThrow('TerminationProtection');
  letGoOn();
  await expect.poll(async () => (await api.describeStack('Kept'))?.StackStatus).toBe('CREATE_COMPLETE');
});

test.each(['before', 'after'] as const)(
  'a host that is killed meanwhile leaves nothing, killed %s a thing was made',
  async (when) => {
    const { engine, service, state } = createFakeCloud();
    service.hanging.set('create B', when);
    void engine.deploy({ name: 'S', template: template(resources) });
    await expect
      .poll(() => service.calls.includes('create B') && service.existing.size)
      .toBe(when === 'before' ? 1 : 2);
    const stacks = state.collection<Stack>('cloudformation/stacks');
    const [stack] = stacks.values();
    if (!stack?.operation) throw new Error('The stack is being created');
    // As DeleteStack writes it.
    const operation = { ...stack.operation, deletion: {} };
    await stacks.put(stack.stackId, { ...stack, status: 'DELETE_IN_PROGRESS', operation });
    service.hanging.clear();

    const next = createFakeCloud({ service, state });
    await next.engine.start?.();
    await expect.poll(() => stacks.get(stack.stackId)?.status).toBe('DELETE_COMPLETE');
    expect(service.existing.size).toBe(0);
    expect(service.calls.filter((call) => call === 'create A')).toHaveLength(1);
  },
);
