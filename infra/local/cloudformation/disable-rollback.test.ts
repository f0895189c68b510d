import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourceCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ref, template, thing, valueOf } from './testing/fake-cloud.ts';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;
let StackName: string;
let count = 0;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  count += 1;
  StackName = `Kept${count}`;
  api.service.failing.clear();
  api.service.existing.clear();
});

const becomes = async (status: string) =>
  await expect.poll(async () => (await api.describeStack(StackName))?.StackStatus).toBe(status);
const update = async (TemplateBody: string, DisableRollback = true) =>
  await api.client.send(new UpdateStackCommand({ StackName, TemplateBody, DisableRollback }));
const resource = async (LogicalResourceId: string) =>
  (await api.client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId }))).StackResourceDetail;
/** B is updated after A, and N made after B. */
const at = (value: string, more: object = {}) =>
  template({ A: thing({ Value: value }), B: thing({ Value: [value, ref('A')] }), ...more });
const added = { N: thing({ Value: ref('B') }) };
const valuesOf = () => [valueOf(api.service, 'A'), (valueOf(api.service, 'B') as readonly unknown[])[0]];

test('one resource of a stack is described, with its metadata', async () => {
  const stackId = await api.create(StackName, template({ A: thing({}, { Metadata: { why: 'because' } }) }));
  expect(await resource('A')).toMatchObject({
    StackName,
    StackId: stackId,
    LogicalResourceId: 'A',
    PhysicalResourceId: expect.stringMatching(/^A-/) as string,
    ResourceType: 'Fake::Service::Thing',
    ResourceStatus: 'CREATE_COMPLETE',
    LastUpdatedTimestamp: expect.any(Date) as Date,
    Metadata: '{"why":"because"}',
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  });
  await expect(resource('Z')).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Resource Z does not exist for stack ${StackName}`,
  });
  api.denied = `cloudformation:DescribeStackResource ${stackId}`;
  await expect(resource('A')).rejects.toMatchObject({ name: 'AccessDenied' });
  api.denied = '';
});

describe('an update without rollback that fails', () => {
  beforeEach(() => api.create(StackName, at('1')));

  test('keeps what was done, undoes what failed, and goes on from there', async () => {
    api.service.failing.add('update B');
    await update(at('2', added));
    await becomes('UPDATE_FAILED');
    expect(await api.describeStack(StackName)).toMatchObject({
      DisableRollback: true,
      StackStatusReason: expect.stringContaining('failed to update: [B]') as string,
    });
    expect(valuesOf()).toEqual(['2', '1']);
    expect((await resource('A'))?.ResourceStatus).toBe('UPDATE_COMPLETE');
    expect(await resource('B')).toMatchObject({
      ResourceStatus: 'UPDATE_FAILED',
      ResourceStatusReason: 'update B was told to fail',
    });

    api.service.failing.clear();
    api.service.calls.length = 0;
    await update(at('2', added), false);
    await becomes('UPDATE_COMPLETE');
    expect(valuesOf()).toEqual(['2', '2']);
    // What was kept is not done again.
    expect(api.service.calls).toEqual(['update B', 'create N']);
    expect((await resource('B'))?.ResourceStatus).toBe('UPDATE_COMPLETE');
  });

  test('goes back by the template of before, too', async () => {
    api.service.failing.add('update B');
    await update(at('2'));
    await becomes('UPDATE_FAILED');
    api.service.failing.clear();
    await update(at('1'));
    await becomes('UPDATE_COMPLETE');
    expect(valuesOf()).toEqual(['1', '1']);
    expect((await resource('B'))?.ResourceStatus).toBe('UPDATE_COMPLETE');
  });

  test('removes what it failed to make before it makes that anew', async () => {
    api.service.failing.add('create N');
    await update(at('2', added));
    await becomes('UPDATE_FAILED');
    expect((await resource('N'))?.ResourceStatus).toBe('CREATE_FAILED');
    expect(valuesOf()).toEqual(['2', '2']);
    api.service.failing.clear();
    await update(at('2', added));
    await becomes('UPDATE_COMPLETE');
    expect((await resource('N'))?.ResourceStatus).toBe('CREATE_COMPLETE');
  });

  test('is deleted like any other', async () => {
    api.service.failing.add('update B');
    await update(at('2'));
    await becomes('UPDATE_FAILED');
    const id = (await api.describeStack(StackName))?.StackId ?? '';
    await api.client.send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(api.waiting(), { StackName: id });
    expect(api.service.existing.size).toBe(0);
  });

  test('is asked for by a change set', async () => {
    api.service.failing.add('update B');
    await api.client.send(new CreateChangeSetCommand({ StackName, ChangeSetName: 'set', TemplateBody: at('2') }));
    await api.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'set', DisableRollback: true }));
    await becomes('UPDATE_FAILED');
    expect(valuesOf()).toEqual(['2', '1']);
  });
});

test('without rollback nothing is replaced', async () => {
  await api.create(StackName, template({ A: thing({ Fixed: '1' }) }));
  await update(template({ A: thing({ Fixed: '2' }) }));
  await becomes('UPDATE_FAILED');
  const { ResourceStatus, ResourceStatusReason } = (await resource('A')) ?? {};
  expect(ResourceStatus).toBe('UPDATE_FAILED');
  expect(ResourceStatusReason).toBe('Replacement type updates not supported on stack with disable-rollback.');
  expect([...api.service.existing.values()].map(({ properties }) => properties)).toEqual([{ Fixed: '1' }]);
  await update(template({ A: thing({ Fixed: '2' }) }), false);
  await becomes('UPDATE_COMPLETE');
  expect([...api.service.existing.values()].map(({ properties }) => properties)).toEqual([{ Fixed: '2' }]);
});

test('a creation without rollback that fails goes on with an update', async () => {
  api.service.failing.add('create B');
  await api.client.send(new CreateStackCommand({ StackName, TemplateBody: at('1'), DisableRollback: true }));
  await becomes('CREATE_FAILED');
  api.service.failing.clear();
  await update(at('1'));
  await becomes('UPDATE_COMPLETE');
  expect(valuesOf()).toEqual(['1', '1']);
});
