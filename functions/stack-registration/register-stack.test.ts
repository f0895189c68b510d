import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudFormationCustomResourceEvent } from '../layer/custom-resource.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { registerStack } from './register-stack.ts';

let engine: TestTables;
let run: (RequestType: string, changes?: object) => ReturnType<ReturnType<typeof registerStack>>;
beforeAll(async () => {
  engine = await startTables();
  const handle = registerStack({
    documents: engine.documents,
    mappingTable: engine.tables.TENANT_STACK_MAPPING_TABLE,
    clock: () => new Date('2026-11-23T10:00:00.000Z'),
  });
  run = (RequestType, changes = {}) =>
    handle({
      RequestType,
      ResourceProperties: { ...facts, ...changes },
    } as unknown as CloudFormationCustomResourceEvent);
});
afterAll(() => engine.stop());

const facts = {
  tenantId: 'pooled',
  stackName: 'cotenant-pooled',
  region: 'us-east-1',
  apiId: 'api',
  graphqlUrl: 'https://example.com/graphql',
  realtimeUrl: 'wss://example.com/graphql',
  userPoolId: 'pool',
  userPoolClientId: 'client',
  productsTable: 'products',
  ordersTable: 'orders',
  dataRoleArn: 'arn:role',
};

const row = async () => {
  const TableName = engine.tables.TENANT_STACK_MAPPING_TABLE;
  return (await engine.documents.send(new GetCommand({ TableName, Key: { tenantId: 'pooled' } }))).Item;
};

test('a stack enters itself, changes, and leaves; what others keep in its row stays', async () => {
  expect(await run('Create')).toEqual({
    physicalResourceId: 'stack-mapping-pooled',
  });
  expect(await row()).toEqual({
    ...facts,
    updatedAt: '2026-11-23T10:00:00.000Z',
  });
  await engine.documents.send(
    new UpdateCommand({
      TableName: engine.tables.TENANT_STACK_MAPPING_TABLE,
      Key: { tenantId: 'pooled' },
      UpdateExpression: 'SET wave = :wave',
      ExpressionAttributeValues: { ':wave': 'canary' },
    }),
  );
  await run('Update', { graphqlUrl: 'https://example.com/moved', ServiceToken: 'arn' });
  expect(await row()).toMatchObject({ graphqlUrl: 'https://example.com/moved', wave: 'canary' });
  expect(await row()).not.toHaveProperty('ServiceToken');

  await run('Delete', { apiId: 'an-older-one' });
  expect(await row()).toHaveProperty('apiId', 'api');
  await run('Delete');
  expect(await row()).toMatchObject({ wave: 'canary', stackName: 'cotenant-pooled' });
  expect(await row()).not.toHaveProperty('graphqlUrl');
  await run('Delete');
  await run('Delete', { tenantId: 'never-there' });
});

test('a template that does not say enough is told what is missing', async () => {
  await expect(run('Create', { graphqlUrl: '', userPoolId: undefined })).rejects.toThrow('graphqlUrl, userPoolId');
});
