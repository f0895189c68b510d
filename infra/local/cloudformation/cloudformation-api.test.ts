import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListChangeSetsCommand,
  ListExportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { Json } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createFakeCloud, type FakeService, ref, template, thing } from './testing/fake-cloud.ts';

let cloud: RunningServices;
let service: FakeService;
let files: Map<string, Buffer>;
let client: CloudFormationClient;
let denied = '';
/** What the function behind custom resources does with a request. */
let respond: (event: Record<string, unknown>) => Promise<Json> = async () => null;
const received: Record<string, unknown>[] = [];

beforeAll(async () => {
  const identity = {
    ...trustingIdentity,
    authorize: (_: unknown, action: string, resource: string) => {
      if (denied !== '' && `${action} ${resource}`.startsWith(denied))
        throw new AwsError('AccessDeniedException', `not ${action}`, 403);
    },
  };
  const invoke = async (_caller: unknown, _arn: string, payload: Json) => {
    received.push(payload as Record<string, unknown>);
    try {
      return { payload: await respond(payload as Record<string, unknown>), failed: false };
    } catch (error) {
      return { payload: { errorType: 'Error', errorMessage: (error as Error).message }, failed: true };
    }
  };
  cloud = await startServices((environment, state) => {
    const fake = createFakeCloud({
      state,
      endpoint: environment.endpoint,
      functions: { invoke },
      responseOrigin: environment.endpoint,
    });
    ({ service, files } = fake);
    return [fake.engine];
  }, identity);
  client = new CloudFormationClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});

const waiting = () => ({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 });
const create = async (StackName: string, TemplateBody: string, more: object = {}) => {
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody, ...more }));
  await waitUntilStackCreateComplete(waiting(), { StackName });
  return StackId as string;
};
const describeStack = async (StackName: string) =>
  (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];

describe('a stack', () => {
  const first = template(
    { A: thing({ Value: ref('Secret') }), B: thing({ Value: ref('A') }) },
    {
      Description: 'Two things',
      Parameters: { Secret: { Type: 'String', NoEcho: true }, Plain: { Type: 'String', Default: 'p' } },
      Outputs: { B: { Value: ref('B'), Description: 'the second', Export: { Name: 'the-b' } } },
    },
  );
  const Parameters = [{ ParameterKey: 'Secret', ParameterValue: 'hidden' }];

  test('is created, described, updated and deleted through the SDK and its waiters', async () => {
    const Tags = [{ Key: 'owner', Value: 'me' }];
    const stackId = await create('Whole', first, { Parameters, Tags, ClientRequestToken: 'once' });
    const again = await client.send(
      new CreateStackCommand({ StackName: 'Whole', TemplateBody: first, Parameters, ClientRequestToken: 'once' }),
    );
    expect(again.StackId).toBe(stackId);
    const stack = await describeStack('Whole');
    expect(stack).toMatchObject({ StackId: stackId, StackStatus: 'CREATE_COMPLETE', Description: 'Two things', Tags });
    expect(stack?.Outputs).toEqual([
      { OutputKey: 'B', OutputValue: expect.stringMatching(/^B-/), Description: 'the second', ExportName: 'the-b' },
    ]);
    expect(stack?.Parameters).toEqual([
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Plain', ParameterValue: 'p' },
    ]);
    expect((await client.send(new ListExportsCommand({}))).Exports).toMatchObject([
      { Name: 'the-b', ExportingStackId: stackId },
    ]);

    const same = new UpdateStackCommand({
      StackName: 'Whole',
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: 'Secret', UsePreviousValue: true }],
    });
    await expect(client.send(same)).rejects.toThrow('No updates are to be performed.');
    await client.send(
      new UpdateStackCommand({
        StackName: 'Whole',
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'new' }],
      }),
    );
    await waitUntilStackUpdateComplete(waiting(), { StackName: 'Whole' });
    expect([...service.existing.values()].find(({ type }) => type === 'A')?.properties).toEqual({ Value: 'new' });

    const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'Whole' }));
    expect(StackResources?.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual(
      [
        ['A', 'UPDATE_COMPLETE'],
        ['B', 'CREATE_COMPLETE'],
      ],
    );
    expect(
      (await client.send(new ListStackResourcesCommand({ StackName: 'Whole' }))).StackResourceSummaries?.length,
    ).toBe(2);
    expect((await client.send(new GetTemplateCommand({ StackName: 'Whole' }))).TemplateBody).toBe(first);

    await client.send(new DeleteStackCommand({ StackName: 'Whole' }));
    await waitUntilStackDeleteComplete(waiting(), { StackName: 'Whole' });
    await expect(describeStack('Whole')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Whole does not exist',
    });
    expect((await describeStack(stackId))?.StackStatus).toBe('DELETE_COMPLETE');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: stackId }));
    expect(
      StackEvents?.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack').map(
        ({ ResourceStatus }) => ResourceStatus,
      ),
    ).toEqual([
      'DELETE_COMPLETE',
      'DELETE_IN_PROGRESS',
      'UPDATE_COMPLETE',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'CREATE_COMPLETE',
      'CREATE_IN_PROGRESS',
    ]);
    const { StackSummaries } = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
    expect(StackSummaries?.map(({ StackId }) => StackId)).toContain(stackId);
  });

  test('that fails says so to the waiter and in its events', async () => {
    service.failing.add('create Bad');
    await expect(create('Failing', template({ Bad: thing() }))).rejects.toThrow();
    await expect.poll(async () => (await describeStack('Failing'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'Failing' }));
    const failed = StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({ LogicalResourceId: 'Bad', ResourceStatusReason: 'create Bad was told to fail' });
    await expect(
      client.send(new UpdateStackCommand({ StackName: 'Failing', TemplateBody: template({ A: thing() }) })),
    ).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated.');
    await client.send(new DeleteStackCommand({ StackName: 'Failing' }));
  });

  test('comes from a template in S3 and keeps its protection', async () => {
    files.set('templates/a/b.json', Buffer.from(template({ A: thing() })));
    const TemplateURL = 'https://s3.us-east-1.amazonaws.com/templates/a/b.json';
    await client.send(new CreateStackCommand({ StackName: 'FromS3', TemplateURL, EnableTerminationProtection: true }));
    await waitUntilStackCreateComplete(waiting(), { StackName: 'FromS3' });
    await expect(client.send(new DeleteStackCommand({ StackName: 'FromS3' }))).rejects.toThrow(
      'TerminationProtection is enabled',
    );
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'FromS3', EnableTerminationProtection: false }),
    );
    await client.send(new DeleteStackCommand({ StackName: 'FromS3' }));
    await waitUntilStackDeleteComplete(waiting(), { StackName: 'FromS3' });
  });

  test.each<[string, object, string]>([
    ['a name that is none', { StackName: '1st' }, "Value '1st' at 'stackName'"],
    ['no template', { TemplateBody: undefined }, 'Either Template URL or Template Body must be specified.'],
    ['a large body', { TemplateBody: `{"Description":"${'x'.repeat(52_000)}"}` }, 'less than or equal to 51200'],
    [
      'IAM without a word',
      { TemplateBody: template({ R: { Type: 'AWS::IAM::Role' } }) },
      'Requires capabilities : [CAPABILITY_IAM]',
    ],
    ['a policy of its own', { StackPolicyBody: '{}' }, 'StackPolicyBody is not supported here'],
  ])('with %s is refused', async (_, input, message) => {
    await expect(
      client.send(new CreateStackCommand({ StackName: 'Wrong', TemplateBody: template({ A: thing() }), ...input })),
    ).rejects.toThrow(message);
  });

  test.each([
    [
      'CreateStack',
      () => client.send(new CreateStackCommand({ StackName: 'Denied', TemplateBody: template({ A: thing() }) })),
    ],
    ['DescribeStacks', () => client.send(new DescribeStacksCommand({ StackName: 'Denied' }))],
    ['DeleteStack', () => client.send(new DeleteStackCommand({ StackName: 'Denied' }))],
  ])('%s needs its permission', async (action, send) => {
    denied = `cloudformation:${action} arn:aws:cloudformation:us-east-1:000000000000:stack/Denied/`;
    await expect(send()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    denied = '';
  });

  test('a role is passed only by who may', async () => {
    denied = 'iam:PassRole arn:aws:iam::000000000000:role/strong';
    const RoleARN = 'arn:aws:iam::000000000000:role/strong';
    await expect(
      client.send(new CreateStackCommand({ StackName: 'Passed', TemplateBody: template({ A: thing() }), RoleARN })),
    ).rejects.toThrow('not iam:PassRole');
    denied = '';
  });
});

test('templates are validated and summed up', async () => {
  const TemplateBody = template({ A: thing() }, { Parameters: { P: { Type: 'String', Default: 'x' } } });
  expect((await client.send(new ValidateTemplateCommand({ TemplateBody }))).Parameters).toMatchObject([
    { ParameterKey: 'P', DefaultValue: 'x' },
  ]);
  expect((await client.send(new GetTemplateSummaryCommand({ TemplateBody }))).ResourceTypes).toEqual([
    'Fake::Service::Thing',
  ]);
  await expect(client.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))).rejects.toThrow(
    'At least one Resources member',
  );
});

test('change sets create, update, tell what they would do, and that there is nothing to do', async () => {
  const change = async (ChangeSetName: string, ChangeSetType: 'CREATE' | 'UPDATE', TemplateBody: string) => {
    await client.send(new CreateChangeSetCommand({ StackName: 'Changed', ChangeSetName, ChangeSetType, TemplateBody }));
    return await client.send(new DescribeChangeSetCommand({ StackName: 'Changed', ChangeSetName }));
  };
  const execute = (ChangeSetName: string) =>
    client.send(new ExecuteChangeSetCommand({ StackName: 'Changed', ChangeSetName }));

  const first = await change(
    'first',
    'CREATE',
    template({ A: thing({ Fixed: '1' }), B: thing({ Value: ref('A') }), C: thing() }),
  );
  await waitUntilChangeSetCreateComplete(waiting(), { StackName: 'Changed', ChangeSetName: 'first' });
  expect(first.Changes?.map(({ ResourceChange }) => ResourceChange?.Action)).toEqual(['Add', 'Add', 'Add']);
  expect((await describeStack('Changed'))?.StackStatus).toBe('REVIEW_IN_PROGRESS');
  await execute('first');
  await waitUntilStackCreateComplete(waiting(), { StackName: 'Changed' });

  const next = template({ A: thing({ Fixed: '2' }), B: thing({ Value: ref('A') }) });
  const second = await change('second', 'UPDATE', next);
  expect(
    second.Changes?.map(({ ResourceChange: item }) => [item?.Action, item?.LogicalResourceId, item?.Replacement]),
  ).toEqual([
    ['Modify', 'A', 'True'],
    ['Modify', 'B', 'False'],
    ['Remove', 'C', undefined],
  ]);
  await execute('second');
  await waitUntilStackUpdateComplete(waiting(), { StackName: 'Changed' });

  const third = await change('third', 'UPDATE', next);
  expect(third).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringContaining("didn't contain changes"),
    ExecutionStatus: 'UNAVAILABLE',
  });
  await expect(execute('third')).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  await client.send(new DeleteChangeSetCommand({ StackName: 'Changed', ChangeSetName: 'third' }));
  const { Summaries } = await client.send(new ListChangeSetsCommand({ StackName: 'Changed' }));
  expect(Summaries?.map(({ ChangeSetName }) => ChangeSetName)).toEqual(['second']);
});

describe('custom resources', () => {
  const ServiceToken = 'arn:aws:lambda:us-east-1:000000000000:function:custom';
  const custom = (properties: object) =>
    template(
      { Mine: { Type: 'Custom::Thing', Properties: { ServiceToken, ...properties } } },
      { Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Mine', 'answer'] } }, Id: { Value: ref('Mine') } } },
    );
  const answer = async (event: Record<string, unknown>, body: object): Promise<null> => {
    const { StackId, RequestId, LogicalResourceId } = event;
    await fetch(String(event['ResponseURL']), {
      method: 'PUT',
      body: JSON.stringify({ StackId, RequestId, LogicalResourceId, ...body }),
    });
    return null;
  };

  test('are created, updated, replaced and deleted by their function', async () => {
    received.length = 0;
    let id = 'first';
    respond = (event) =>
      answer(event, {
        Status: 'SUCCESS',
        PhysicalResourceId: id,
        Data: { answer: `for ${String(event['RequestType'])}` },
      });
    const stackId = await create('Custom', custom({ Number: 1, Flag: true }));
    expect((await describeStack('Custom'))?.Outputs).toMatchObject([
      { OutputValue: 'for Create' },
      { OutputValue: 'first' },
    ]);
    expect(received[0]).toMatchObject({
      RequestType: 'Create',
      StackId: stackId,
      LogicalResourceId: 'Mine',
      ResourceType: 'Custom::Thing',
      ResourceProperties: { ServiceToken, Number: '1', Flag: 'true' },
    });
    id = 'second';
    await client.send(new UpdateStackCommand({ StackName: 'Custom', TemplateBody: custom({ Number: 2 }) }));
    await waitUntilStackUpdateComplete(waiting(), { StackName: 'Custom' });
    await client.send(new DeleteStackCommand({ StackName: 'Custom' }));
    await waitUntilStackDeleteComplete(waiting(), { StackName: 'Custom' });
    expect(received.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Update', 'first'],
      ['Delete', 'first'],
      ['Delete', 'second'],
    ]);
    expect(received[1]).toMatchObject({ OldResourceProperties: { Number: '1', Flag: 'true' } });
  });

  test('that answer FAILED are rolled back with a Delete; their reason is told', async () => {
    received.length = 0;
    respond = (event) =>
      answer(
        event,
        event['RequestType'] === 'Create'
          ? { Status: 'FAILED', Reason: 'no luck', PhysicalResourceId: 'half' }
          : { Status: 'SUCCESS', PhysicalResourceId: 'half' },
      );
    await expect(create('CustomFailed', custom({}))).rejects.toThrow();
    await expect.poll(async () => (await describeStack('CustomFailed'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'CustomFailed' }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason,
    ).toContain('no luck');
    expect(received.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Delete', 'half'],
    ]);
  });

  test('whose function fails, or never answers, fail at once, or in time', async () => {
    respond = () => Promise.reject(new Error('boom'));
    await expect(create('CustomBroken', custom({}))).rejects.toThrow();
    const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'CustomBroken' }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason,
    ).toContain('The function failed: boom');
    respond = async () => null;
    await expect(create('CustomSilent', custom({ ServiceTimeout: 0.05 }))).rejects.toThrow();
  });

  test('their answers are taken at no other address', async () => {
    const guess = await fetch(`${cloud.endpoint}/cloudformation-responses/${'0'.repeat(64)}`, {
      method: 'PUT',
      body: '{"Status":"SUCCESS"}',
    });
    expect(guess.status).toBe(403);
  });
});
