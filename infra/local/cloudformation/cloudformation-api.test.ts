import {
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
import { ref, template, thing } from './testing/fake-cloud.ts';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

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
    const stackId = await api.create('Whole', first, { Parameters, Tags, ClientRequestToken: 'once' });
    const again = await api.client.send(
      new CreateStackCommand({ StackName: 'Whole', TemplateBody: first, Parameters, ClientRequestToken: 'once' }),
    );
    expect(again.StackId).toBe(stackId);
    const stack = await api.describeStack('Whole');
    expect(stack).toMatchObject({ StackId: stackId, StackStatus: 'CREATE_COMPLETE', Description: 'Two things', Tags });
    expect(stack?.Outputs).toEqual([
      { OutputKey: 'B', OutputValue: expect.stringMatching(/^B-/), Description: 'the second', ExportName: 'the-b' },
    ]);
    expect(stack?.Parameters).toEqual([
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Plain', ParameterValue: 'p' },
    ]);
    expect((await api.client.send(new ListExportsCommand({}))).Exports).toMatchObject([
      { Name: 'the-b', ExportingStackId: stackId },
    ]);

    const same = new UpdateStackCommand({
      StackName: 'Whole',
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: 'Secret', UsePreviousValue: true }],
    });
    await expect(api.client.send(same)).rejects.toThrow('No updates are to be performed.');
    await api.client.send(
      new UpdateStackCommand({
        StackName: 'Whole',
        UsePreviousTemplate: true,
        Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'new' }],
      }),
    );
    await waitUntilStackUpdateComplete(api.waiting(), { StackName: 'Whole' });
    expect([...api.service.existing.values()].find(({ type }) => type === 'A')?.properties).toEqual({ Value: 'new' });

    const { StackResources } = await api.client.send(new DescribeStackResourcesCommand({ StackName: 'Whole' }));
    expect(StackResources?.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual(
      [
        ['A', 'UPDATE_COMPLETE'],
        ['B', 'CREATE_COMPLETE'],
      ],
    );
    expect(
      (await api.client.send(new ListStackResourcesCommand({ StackName: 'Whole' }))).StackResourceSummaries?.length,
    ).toBe(2);
    expect((await api.client.send(new GetTemplateCommand({ StackName: 'Whole' }))).TemplateBody).toBe(first);

    await api.client.send(new DeleteStackCommand({ StackName: 'Whole' }));
    await waitUntilStackDeleteComplete(api.waiting(), { StackName: 'Whole' });
    await expect(api.describeStack('Whole')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id Whole does not exist',
    });
    expect((await api.describeStack(stackId))?.StackStatus).toBe('DELETE_COMPLETE');
    const { StackEvents } = await api.client.send(new DescribeStackEventsCommand({ StackName: stackId }));
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
    const { StackSummaries } = await api.client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
    expect(StackSummaries?.map(({ StackId }) => StackId)).toContain(stackId);
  });

  test('that fails says so to the waiter and in its events', async () => {
    api.service.failing.add('create Bad');
    await expect(api.create('Failing', template({ Bad: thing() }))).rejects.toThrow();
    await expect.poll(async () => (await api.describeStack('Failing'))?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await api.client.send(new DescribeStackEventsCommand({ StackName: 'Failing' }));
    const failed = StackEvents?.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({ LogicalResourceId: 'Bad', ResourceStatusReason: 'create Bad was told to fail' });
    await expect(
      api.client.send(new UpdateStackCommand({ StackName: 'Failing', TemplateBody: template({ A: thing() }) })),
    ).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated.');
    await api.client.send(new DeleteStackCommand({ StackName: 'Failing' }));
  });

  test('comes from a template in S3 and keeps its protection', async () => {
    api.files.set('templates/a/b.json', Buffer.from(template({ A: thing() })));
    const TemplateURL = 'https://s3.us-east-1.amazonaws.com/templates/a/b.json';
    await api.client.send(
      new CreateStackCommand({ StackName: 'FromS3', TemplateURL, EnableTerminationProtection: true }),
    );
    await waitUntilStackCreateComplete(api.waiting(), { StackName: 'FromS3' });
    await expect(api.client.send(new DeleteStackCommand({ StackName: 'FromS3' }))).rejects.toThrow(
      'TerminationProtection is enabled',
    );
    await api.client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'FromS3', EnableTerminationProtection: false }),
    );
    await api.client.send(new DeleteStackCommand({ StackName: 'FromS3' }));
    await waitUntilStackDeleteComplete(api.waiting(), { StackName: 'FromS3' });
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
      api.client.send(new CreateStackCommand({ StackName: 'Wrong', TemplateBody: template({ A: thing() }), ...input })),
    ).rejects.toThrow(message);
  });

  test.each([
    [
      'CreateStack',
      () => api.client.send(new CreateStackCommand({ StackName: 'Denied', TemplateBody: template({ A: thing() }) })),
    ],
    ['DescribeStacks', () => api.client.send(new DescribeStacksCommand({ StackName: 'Denied' }))],
    ['DeleteStack', () => api.client.send(new DeleteStackCommand({ StackName: 'Denied' }))],
  ])('%s needs its permission', async (action, send) => {
    api.denied = `cloudformation:${action} arn:aws:cloudformation:us-east-1:000000000000:stack/Denied/`;
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
    api.denied = '';
  });

  test('a role is passed only by who may', async () => {
    api.denied = 'iam:PassRole arn:aws:iam::000000000000:role/strong';
    const RoleARN = 'arn:aws:iam::000000000000:role/strong';
    await expect(
      api.client.send(new CreateStackCommand({ StackName: 'Passed', TemplateBody: template({ A: thing() }), RoleARN })),
    ).rejects.toThrow('not iam:PassRole');
    api.denied = '';
  });
});

test.each(['../../etc/passwd', 'a/b', '$(id)', 'a;b', 'a b', '1a', '', 'x'.repeat(129)])(
  'no stack and no change set is named %j',
  async (name) => {
    const TemplateBody = template({ A: thing() });
    const refused = { name: 'ValidationError', message: expect.stringContaining('1 validation error detected') };
    const send = { StackName: name, TemplateBody, ChangeSetName: 'first', ChangeSetType: 'CREATE' } as const;
    await expect(api.client.send(new CreateStackCommand({ StackName: name, TemplateBody }))).rejects.toMatchObject(
      refused,
    );
    await expect(api.client.send(new CreateChangeSetCommand(send))).rejects.toMatchObject(refused);
    const other = { ...send, StackName: 'Fine', ChangeSetName: name };
    await expect(api.client.send(new CreateChangeSetCommand(other))).rejects.toMatchObject(refused);
    expect(await api.describeStack('Fine').catch((error: Error) => error.message)).toContain('does not exist');
  },
);

test('of two that create one stack, or one change set, at once, one is refused', async () => {
  const TemplateBody = template({ A: thing() });
  const once = async (send: () => Promise<unknown>) => {
    const outcomes = await Promise.allSettled([send(), send()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  };
  await once(() => api.client.send(new CreateStackCommand({ StackName: 'Once', TemplateBody })));
  await once(() =>
    api.client.send(
      new CreateChangeSetCommand({
        StackName: 'Reviewed',
        ChangeSetName: 'one',
        ChangeSetType: 'CREATE',
        TemplateBody,
      }),
    ),
  );
});

test('templates are validated and summed up', async () => {
  const TemplateBody = template({ A: thing() }, { Parameters: { P: { Type: 'String', Default: 'x' } } });
  expect((await api.client.send(new ValidateTemplateCommand({ TemplateBody }))).Parameters).toMatchObject([
    { ParameterKey: 'P', DefaultValue: 'x' },
  ]);
  expect((await api.client.send(new GetTemplateSummaryCommand({ TemplateBody }))).ResourceTypes).toEqual([
    'Fake::Service::Thing',
  ]);
  await expect(api.client.send(new ValidateTemplateCommand({ TemplateBody: '{}' }))).rejects.toThrow(
    'At least one Resources member',
  );
});

test('change sets create, update, tell what they would do, and that there is nothing to do', async () => {
  const change = async (ChangeSetName: string, ChangeSetType: 'CREATE' | 'UPDATE', TemplateBody: string) => {
    await api.client.send(
      new CreateChangeSetCommand({ StackName: 'Changed', ChangeSetName, ChangeSetType, TemplateBody }),
    );
    return await api.client.send(new DescribeChangeSetCommand({ StackName: 'Changed', ChangeSetName }));
  };
  const execute = (ChangeSetName: string) =>
    api.client.send(new ExecuteChangeSetCommand({ StackName: 'Changed', ChangeSetName }));

  const first = await change(
    'first',
    'CREATE',
    template({ A: thing({ Fixed: '1' }), B: thing({ Value: ref('A') }), C: thing() }),
  );
  await waitUntilChangeSetCreateComplete(api.waiting(), { StackName: 'Changed', ChangeSetName: 'first' });
  expect(first.Changes?.map(({ ResourceChange }) => ResourceChange?.Action)).toEqual(['Add', 'Add', 'Add']);
  expect((await api.describeStack('Changed'))?.StackStatus).toBe('REVIEW_IN_PROGRESS');
  await execute('first');
  await waitUntilStackCreateComplete(api.waiting(), { StackName: 'Changed' });

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
  await waitUntilStackUpdateComplete(api.waiting(), { StackName: 'Changed' });

  const third = await change('third', 'UPDATE', next);
  expect(third).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringContaining("didn't contain changes"),
    ExecutionStatus: 'UNAVAILABLE',
  });
  await expect(execute('third')).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  await api.client.send(new DeleteChangeSetCommand({ StackName: 'Changed', ChangeSetName: 'third' }));
  const { Summaries } = await api.client.send(new ListChangeSetsCommand({ StackName: 'Changed' }));
  expect(Summaries?.map(({ ChangeSetName }) => ChangeSetName)).toEqual(['second']);

  // CDK's CLI deletes before it creates.
  await api.client.send(new DeleteChangeSetCommand({ StackName: 'Changed', ChangeSetName: 'third' }));
  await expect(
    api.client.send(new DeleteChangeSetCommand({ StackName: 'Nowhere', ChangeSetName: 'third' })),
  ).rejects.toThrow('does not exist');
});
