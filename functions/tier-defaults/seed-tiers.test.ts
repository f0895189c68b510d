import { GetCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudFormationCustomResourceEvent } from '../layer/custom-resource.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { seedTiers } from './seed-tiers.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

test('writes what is missing and leaves what operators changed', async () => {
  const { documents, tables } = engine;
  const TableName = tables.TIERS_TABLE;
  const seed = seedTiers({ documents, tiersTable: TableName });
  const run = (RequestType: string) => seed({ RequestType } as CloudFormationCustomResourceEvent);
  await run('Create');
  const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
  expect(
    Object.fromEntries(
      Items.map(({ tier, limits, shardCount }) => [tier, [...Object.values(limits as object), shardCount]]),
    ),
  ).toEqual({
    BASIC: expect.arrayContaining([50, 50, 1000, 30000, 1]) as unknown,
    STANDARD: expect.arrayContaining([75, 100, 3000, 90000, 1]) as unknown,
    PREMIUM: expect.arrayContaining([100, 200, 5000, 150000, 2]) as unknown,
    PLATINUM: expect.arrayContaining([300, 300, 10000, 300000, 2]) as unknown,
  });

  const Key = { tier: 'BASIC' };
  await documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: 'SET description = :text',
      ExpressionAttributeValues: { ':text': 'Ours' },
    }),
  );
  await run('Update');
  await run('Delete');
  expect((await documents.send(new GetCommand({ TableName, Key }))).Item).toMatchObject({ description: 'Ours' });
});
