import { beforeEach, expect, test } from 'vitest';
import { aStack, createFakeStack, type FakeStack } from '../testing/fake-stack.ts';
import { aWork } from '../testing/work.ts';
import { deployStack } from './deploy-stack.ts';

let fake: FakeStack;
beforeEach(() => {
  fake = createFakeStack();
  fake.becomes['CreateStack'] = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'];
  fake.becomes['UpdateStack'] = ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'];
  fake.becomes['DeleteStack'] = ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
});

const deploy = () => deployStack(aWork({ cloudFormation: fake.client }));

test('a stack that is not there is made', async () => {
  expect(await deploy()).toBe('CREATE_COMPLETE');
  expect(fake.calls).toEqual(['CreateStack']);
  expect(fake.stack?.Parameters).toContainEqual({ ParameterKey: 'Release', ParameterValue: '2' });
});

test('one of another release is updated, one of this release is left alone', async () => {
  fake.stack = aStack('CREATE_COMPLETE');
  expect(await deploy()).toBe('UPDATE_COMPLETE');
  expect(await deploy()).toBe('the release is there already');
  expect(fake.calls).toEqual(['UpdateStack']);
});

test('every request has the token of its run and attempt, and a new stack is protected from deletion', async () => {
  const protection = { EnableTerminationProtection: true };
  await deploy();
  expect(fake.inputs).toMatchObject([{ ClientRequestToken: 'R1-1', ...protection }]);
  fake.stack = aStack('CREATE_COMPLETE');
  await deploy();
  expect(fake.inputs.at(-1)).toMatchObject({ ClientRequestToken: 'R1-1' });
  // CloudFormation takes none in an update: what was there stays.
  expect(fake.inputs.at(-1)).not.toHaveProperty('EnableTerminationProtection');
});

test('one in which nothing is to be changed is no failure', async () => {
  fake.stack = aStack('UPDATE_COMPLETE');
  fake.refusal = 'No updates are to be performed.';
  expect(await deploy()).toBe('nothing had to be changed');
  fake.refusal = 'Stack is in another state';
  await expect(deploy()).rejects.toThrow('Stack is in another state');
});

test('what is under way is joined, not begun again', async () => {
  fake.stack = aStack('CREATE_IN_PROGRESS', '2');
  const joined = deploy();
  fake.stack = aStack('CREATE_COMPLETE', '2');
  expect(await joined).toBe('the release is there already');
  expect(fake.calls).toEqual([]);
});

test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'] as const)(
  'what a creation left in %s is removed first',
  async (status) => {
    fake.stack = { ...aStack(status), EnableTerminationProtection: true };
    const work = aWork({ cloudFormation: fake.client }, { action: 'PROVISION' });
    expect(await deployStack(work)).toBe('CREATE_COMPLETE');
    expect(fake.calls).toEqual(['UpdateTerminationProtection', 'DeleteStack', 'CreateStack']);
  },
);

test('an update removes no stack that somebody tried to delete: its data is there still', async () => {
  fake.stack = aStack('DELETE_FAILED');
  fake.refusal = 'Stack is in DELETE_FAILED state and can not be updated.';
  await expect(deploy()).rejects.toThrow('DELETE_FAILED');
  expect(fake.calls).toEqual(['UpdateStack']);
});

test('a rollback that halted is ended before the update', async () => {
  fake.stack = aStack('UPDATE_ROLLBACK_FAILED');
  fake.becomes['ContinueUpdateRollback'] = ['UPDATE_ROLLBACK_COMPLETE'];
  expect(await deploy()).toBe('UPDATE_COMPLETE');
  expect(fake.calls).toEqual(['ContinueUpdateRollback', 'UpdateStack']);
});

test('an update that fails says which resource failed and why', async () => {
  fake.stack = aStack('CREATE_COMPLETE');
  fake.becomes['UpdateStack'] = ['UPDATE_ROLLBACK_COMPLETE'];
  const { StackId, StackName } = aStack('UPDATE_COMPLETE');
  const ofStack = { StackId, StackName, PhysicalResourceId: StackId, Timestamp: new Date(0) };
  const failed = { StackId, StackName, ResourceType: 'AWS::SQS::Queue', Timestamp: new Date(0) };
  fake.events = [
    { ...ofStack, EventId: '4', ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' },
    {
      ...failed,
      EventId: '3',
      LogicalResourceId: 'Other',
      ResourceStatus: 'UPDATE_FAILED',
      ResourceStatusReason: 'Resource update cancelled',
    },
    {
      ...failed,
      EventId: '2',
      LogicalResourceId: 'Queue',
      ResourceStatus: 'UPDATE_FAILED',
      ResourceStatusReason: 'no such key',
    },
    { ...ofStack, EventId: '1', ResourceStatus: 'UPDATE_IN_PROGRESS', ResourceStatusReason: 'User Initiated' },
    {
      ...failed,
      EventId: '0',
      LogicalResourceId: 'Before',
      ResourceStatus: 'CREATE_FAILED',
      ResourceStatusReason: 'of before',
    },
  ];
  await expect(deploy()).rejects.toMatchObject({
    name: 'StackFailedError',
    causes: ['Queue (AWS::SQS::Queue) no such key'],
  });
});
