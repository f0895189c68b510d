import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment, JsonObject, LocalService, ResourceProvider, ResourceScope, Tables } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { startEngine, type Engine } from '../engine.ts';
import { createDynamodb } from '../index.ts';

const environment: Environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: '',
  certificateAuthority: '',
  folder: '',
};
const root = { accountId: '000000000000', arn: 'arn:aws:iam::000000000000:root', userId: '000000000000' };
const scope: ResourceScope = { stackName: 'shop', stackId: 'arn:stack', logicalId: 'Orders', tags: { app: 'shop' } };
let engine: Engine;
let tables: LocalService & Tables;

beforeAll(async () => {
  engine = await startEngine({ folder: null, variables: {} });
  tables = createDynamodb({
    state: createMemoryState(),
    environment,
    identity: trustingIdentity,
    clock: Date,
    engine: engine.endpoint,
  });
});
afterAll(() => engine.stop());

const provider = (type: string): ResourceProvider => {
  const found = tables.providers?.find((one) => one.type === type);
  if (!found) throw new Error(`no provider of ${type}`);
  return found;
};
const describeTable = async (TableName: string): Promise<JsonObject> =>
  (await tables.call(root, 'DescribeTable', { TableName }))['Table'] as JsonObject;
const index = (IndexName: string, key: string, ProjectionType = 'ALL'): JsonObject => ({
  IndexName,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  Projection: { ProjectionType },
});
const definitions = (...names: string[]): JsonObject[] =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
const simple: JsonObject = {
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: definitions('id'),
  BillingMode: 'PAY_PER_REQUEST',
};

test('a table is created once, however often the step runs, and deleted once', async () => {
  const table = provider('AWS::DynamoDB::Table');
  const properties = {
    ...simple,
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    TimeToLiveSpecification: { AttributeName: 'end', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
    Tags: [{ Key: 'a', Value: 'b' }],
  };
  const request = { ...scope, token: 'one', properties };
  const first = await table.create(request);
  expect(first.physicalId).toMatch(/^shop-Orders-[A-F0-9]{12}$/);
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${first.physicalId}`;
  expect(first.attributes).toEqual({
    Arn: arn,
    StreamArn: expect.stringMatching(`^${arn}/stream/`) as unknown,
    TableId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
  });
  expect(await table.create(request)).toEqual(first);

  const TableName = first.physicalId;
  expect(await describeTable(TableName)).toMatchObject({ SSEDescription: { Status: 'ENABLED' } });
  expect(await tables.call(root, 'DescribeTimeToLive', { TableName })).toEqual({
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'end' },
  });
  expect(await tables.call(root, 'DescribeContinuousBackups', { TableName })).toMatchObject({
    ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
  });
  expect(await tables.call(root, 'ListTagsOfResource', { ResourceArn: arn })).toEqual({
    Tags: expect.arrayContaining([
      { Key: 'a', Value: 'b' },
      { Key: 'app', Value: 'shop' },
    ]) as unknown,
  });

  await table.delete({ ...scope, physicalId: TableName, properties });
  await table.delete({ ...scope, physicalId: TableName, properties });
  await expect(describeTable(TableName)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});

test('a name that another has is refused', async () => {
  const table = provider('AWS::DynamoDB::Table');
  const properties = { ...simple, TableName: 'taken' };
  await table.create({ ...scope, token: 'a', properties });
  await expect(table.create({ ...scope, token: 'b', properties })).rejects.toMatchObject({
    code: 'ResourceInUseException',
  });
  await expect(
    table.create({ ...scope, token: 'c', properties: { ...simple, TableName: 'local-cloud-state' } }),
  ).rejects.toMatchObject({ code: 'ResourceInUseException' });
});

test('an update changes what differs and keeps the items', async () => {
  const table = provider('AWS::DynamoDB::Table');
  const previous = {
    ...simple,
    TableName: 'changing',
    AttributeDefinitions: definitions('id', 'a', 'b'),
    GlobalSecondaryIndexes: [index('byA', 'a'), index('byB', 'b')],
  };
  await table.create({ ...scope, token: 'changing', properties: previous });
  await tables.call(root, 'PutItem', { TableName: 'changing', Item: { id: { S: '1' }, c: { S: 'x' }, b: { S: 'y' } } });

  const properties = {
    ...simple,
    TableName: 'changing',
    AttributeDefinitions: definitions('id', 'b', 'c'),
    GlobalSecondaryIndexes: [index('byB', 'b', 'KEYS_ONLY'), index('byC', 'c')],
    StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
    DeletionProtectionEnabled: true,
    TimeToLiveSpecification: { AttributeName: 'end', Enabled: true },
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 5 },
  };
  const request = { ...scope, physicalId: 'changing', properties, previous };
  const updated = await table.update(request);
  expect(updated.attributes['StreamArn']).toContain('/stream/');
  expect(await table.update(request)).toEqual(updated);
  const description = await describeTable('changing');
  expect(description).toMatchObject({
    DeletionProtectionEnabled: true,
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    ProvisionedThroughput: { ReadCapacityUnits: 5 },
  });
  const indexes = description['GlobalSecondaryIndexes'] as unknown as {
    IndexName: string;
    Projection: { ProjectionType: string };
  }[];
  expect(indexes.map(({ IndexName, Projection }) => [IndexName, Projection.ProjectionType]).sort()).toEqual([
    ['byB', 'KEYS_ONLY'],
    ['byC', 'ALL'],
  ]);
  const found = await tables.call(root, 'Query', {
    TableName: 'changing',
    IndexName: 'byC',
    KeyConditionExpression: 'c = :c',
    ExpressionAttributeValues: { ':c': { S: 'x' } },
  });
  expect(found['Count']).toBe(1);

  await expect(table.delete({ ...scope, physicalId: 'changing', properties })).rejects.toThrow('protected');
  const back = { ...scope, physicalId: 'changing', properties: previous, previous: properties };
  expect((await table.update(back)).attributes).not.toHaveProperty('StreamArn');
  expect(await tables.call(root, 'DescribeTimeToLive', { TableName: 'changing' })).toMatchObject({
    TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' },
  });
  await table.delete({ ...scope, physicalId: 'changing', properties: previous });
});

test("CDK's TableV2 with its one replica", async () => {
  const global = provider('AWS::DynamoDB::GlobalTable');
  const properties = {
    ...simple,
    TableName: 'global',
    SSESpecification: { SSEEnabled: false },
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    Replicas: [
      {
        Region: 'us-east-1',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    ],
  };
  const { attributes } = await global.create({ ...scope, token: 'global', properties });
  expect(Object.keys(attributes).sort()).toEqual(['Arn', 'StreamArn', 'TableId']);
  expect(await describeTable('global')).toMatchObject({ DeletionProtectionEnabled: true });

  const elsewhere = { ...properties, Replicas: [{ Region: 'eu-west-1' }] };
  await expect(global.create({ ...scope, token: 'other', properties: elsewhere })).rejects.toThrow(
    'Replicas are in eu-west-1: expected us-east-1 only',
  );
});

test('nested properties that are not honoured are refused by name', async () => {
  const table = provider('AWS::DynamoDB::Table');
  const create = (more: JsonObject) => table.create({ ...scope, token: 'x', properties: { ...simple, ...more } });
  await expect(create({ StreamSpecification: { StreamViewType: 'NEW_IMAGE', ResourcePolicy: {} } })).rejects.toThrow(
    'StreamSpecification.ResourcePolicy is not supported',
  );
  await expect(create({ ContributorInsightsSpecification: { Enabled: true } })).rejects.toThrow(
    'ContributorInsightsSpecification is not supported',
  );
  await expect(create({ BillingMode: 'FREE' })).rejects.toThrow('BillingMode is FREE');
});
