import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import type { Scene } from '../scene.ts';

const stackNames = ['cotenant-control-plane', 'cotenant-pooled', 'cotenant-provisioning'];

/** A table and a parameter that says what the table is called. */
const templateOf = (purpose: string, more: object = {}): string =>
  JSON.stringify({
    Resources: {
      Notes: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      Purpose: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/notes/purpose', Type: 'String', Value: { 'Fn::Sub': `${purpose} of \${Notes}` } },
      },
      ...more,
    },
    Outputs: {
      Table: { Value: { Ref: 'Notes' }, Export: { Name: 'notes-table' } },
      TableArn: { Value: { 'Fn::GetAtt': ['Notes', 'Arn'] } },
    },
  });

/** Where the port of the last start was taken, a start updates what names it. */
const complete = /^(CREATE|UPDATE)_COMPLETE$/;

/** The product's stacks as CloudFormation tells of them, and a stack of a client's own. */
export function cloudFormationCalls(scene: () => Scene): void {
  const cloudFormation = () => new CloudFormationClient(scene().settings);
  const waiting = () => ({ client: cloudFormation(), maxWaitTime: 20, minDelay: 1, maxDelay: 1 });
  const stackOf = async (StackName: string) =>
    (await cloudFormation().send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  const outputsOf = async (name: string) =>
    Object.fromEntries(
      ((await stackOf(name))?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );

  describe('the stacks of the product', () => {
    test('are there, complete, with outputs that lead to the system', async () => {
      const { Stacks: stacks = [] } = await cloudFormation().send(new DescribeStacksCommand({}));
      expect(stacks.map(({ StackName }) => StackName).sort()).toEqual(stackNames);
      for (const { StackStatus } of stacks) expect(StackStatus).toMatch(complete);
      const { controlPlane, pooled } = scene().outputs;
      expect(await outputsOf('cotenant-control-plane')).toMatchObject({
        ApiId: controlPlane.apiId,
        GraphqlUrl: controlPlane.graphqlUrl,
        UserPoolId: controlPlane.userPoolId,
      });
      expect(await outputsOf('cotenant-pooled')).toMatchObject({
        ApiId: pooled.apiId,
        RealtimeUrl: pooled.realtimeUrl,
        UserPoolClientId: pooled.userPoolClientId,
      });
    });

    test.each(stackNames)('%s lists what it is made of, as its template says', async (StackName) => {
      const { StackResources: resources = [] } = await cloudFormation().send(
        new DescribeStackResourcesCommand({ StackName }),
      );
      const { TemplateBody: body = '' } = await cloudFormation().send(new GetTemplateCommand({ StackName }));
      const template = JSON.parse(body) as { Resources: Record<string, { Type: string }> };
      const made = Object.fromEntries(resources.map(({ LogicalResourceId: id, ResourceType }) => [id, ResourceType]));
      for (const [id, { Type: type }] of Object.entries(template.Resources)) expect([id, made[id]]).toEqual([id, type]);
      expect(resources.length).toBe(Object.keys(template.Resources).length);
      for (const { ResourceStatus } of resources) expect(ResourceStatus).toMatch(complete);
      expect(resources.every(({ PhysicalResourceId }) => PhysicalResourceId)).toBe(true);
    });

    test('export nothing, so that no stack is bound to another', async () => {
      expect((await cloudFormation().send(new ListExportsCommand({}))).Exports ?? []).toEqual([]);
    });
  });

  test('a stack is created, updated and deleted, with what it is made of', async () => {
    const StackName = 'notes';
    const purpose = async () =>
      (await new SSMClient(scene().settings).send(new GetParameterCommand({ Name: '/notes/purpose' }))).Parameter
        ?.Value;
    await cloudFormation().send(new CreateStackCommand({ StackName, TemplateBody: templateOf('Keeper') }));
    await waitUntilStackCreateComplete(waiting(), { StackName });
    const { Table: table, TableArn: arn } = await outputsOf(StackName);
    const describeTable = () =>
      new DynamoDBClient(scene().settings).send(new DescribeTableCommand({ TableName: table }));
    expect((await describeTable()).Table).toMatchObject({ TableStatus: 'ACTIVE', TableArn: arn });
    expect(await purpose()).toBe(`Keeper of ${table}`);
    expect((await cloudFormation().send(new ListExportsCommand({}))).Exports).toMatchObject([
      { Name: 'notes-table', Value: table },
    ]);

    await expect(
      cloudFormation().send(new CreateStackCommand({ StackName, TemplateBody: templateOf('Keeper') })),
    ).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(
      cloudFormation().send(new UpdateStackCommand({ StackName, TemplateBody: templateOf('Keeper') })),
    ).rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
    await cloudFormation().send(new UpdateStackCommand({ StackName, TemplateBody: templateOf('Heap') }));
    await waitUntilStackUpdateComplete(waiting(), { StackName });
    expect(await purpose()).toBe(`Heap of ${table}`);
    expect((await outputsOf(StackName))['Table']).toBe(table);

    const stackId = (await stackOf(StackName))?.StackId ?? '';
    await cloudFormation().send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(waiting(), { StackName: stackId });
    await expect(stackOf(StackName)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id notes does not exist',
    });
    expect((await stackOf(stackId))?.StackStatus).toBe('DELETE_COMPLETE');
    await expect(describeTable()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(purpose()).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('a creation that fails is rolled back, and says why', async () => {
    const StackName = 'notes-twice';
    const clash = {
      Clash: {
        Type: 'AWS::SSM::Parameter',
        DependsOn: ['Purpose'],
        Properties: { Name: '/notes/purpose', Type: 'String', Value: 'again' },
      },
    };
    await cloudFormation().send(new CreateStackCommand({ StackName, TemplateBody: templateOf('Keeper', clash) }));
    await expect(waitUntilStackCreateComplete(waiting(), { StackName })).rejects.toThrow();
    await expect.poll(async () => (await stackOf(StackName))?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents: events = [] } = await cloudFormation().send(new DescribeStackEventsCommand({ StackName }));
    const failure = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failure).toMatchObject({ LogicalResourceId: 'Clash' });
    expect(failure?.ResourceStatusReason).toMatch(/\/notes\/purpose.*already exists/);
    const ssm = new SSMClient(scene().settings);
    await expect(ssm.send(new GetParameterCommand({ Name: '/notes/purpose' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    const table = events.find(({ LogicalResourceId: id, PhysicalResourceId: name }) => id === 'Notes' && name);
    await expect(
      new DynamoDBClient(scene().settings).send(
        new DescribeTableCommand({ TableName: table?.PhysicalResourceId ?? 'unknown' }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await cloudFormation().send(new DeleteStackCommand({ StackName }));
    await waitUntilStackDeleteComplete(waiting(), { StackName });
  });

  test('a type that is not supported is refused by its name, before anything is made', async () => {
    const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } };
    const creation = cloudFormation().send(
      new CreateStackCommand({ StackName: 'queues', TemplateBody: templateOf('Keeper', queue) }),
    );
    await expect(creation).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('AWS::SQS::Queue') as string,
    });
    await expect(stackOf('queues')).rejects.toMatchObject({ message: 'Stack with id queues does not exist' });
  });
}
