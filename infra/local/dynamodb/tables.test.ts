import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { orders, startDynamodb, type RunningDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.stop());
beforeEach(() => dynamodb.forget());

describe('tables', () => {
  test("have this account's ARNs", async () => {
    const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableArn: orders,
      LatestStreamArn: expect.stringMatching(`^${orders}/stream/`) as unknown,
      GlobalSecondaryIndexes: [{ IndexArn: `${orders}/index/byStatus` }],
    });
  });

  test('keep settings that the engine lacks', async () => {
    const TableName = 'settings';
    await dynamodb.client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    const backups = async () =>
      (await dynamodb.client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription;
    expect(await backups()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    await dynamodb.client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    expect(await backups()).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: 35,
      EarliestRestorableDateTime: expect.any(Date) as unknown,
    });
    await dynamodb.client.send(new UpdateTableCommand({ TableName, SSESpecification: { Enabled: true } }));
    expect((await dynamodb.client.send(new DescribeTableCommand({ TableName }))).Table?.SSEDescription?.Status).toBe(
      'ENABLED',
    );
    await dynamodb.client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'end' } }),
    );
    expect((await dynamodb.client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'end',
    });
    const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
    expect((await dynamodb.client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    await dynamodb.client.send(new DeleteTableCommand({ TableName }));
    await expect(dynamodb.client.send(new DescribeContinuousBackupsCommand({ TableName }))).rejects.toMatchObject({
      name: 'TableNotFoundException',
    });
  });

  test('a table that is made anew with another key is guarded by that key', async () => {
    for (const key of ['first', 'second']) {
      await dynamodb.call('CreateTable', {
        TableName: 'again',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'N' }],
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      });
      dynamodb.forget();
      await dynamodb.call('GetItem', { TableName: 'again', Key: { [key]: { N: '7' } } });
      expect(dynamodb.asked[0]?.context).toMatchObject({ 'dynamodb:LeadingKeys': ['7'] });
      await dynamodb.call('DeleteTable', { TableName: 'again' });
    }
  });
});

describe('streams', () => {
  test('records are read in order, and a write wakes the listener', async () => {
    const { Table } = await dynamodb.client.send(new DescribeTableCommand({ TableName: 'orders' }));
    const StreamArn = Table?.LatestStreamArn ?? '';
    let woken = 0;
    const stop = dynamodb.tables.streams.onWrite(StreamArn, () => (woken += 1));
    const Item = (id: string) => ({ tenant: 'streamed', id });
    await dynamodb.documents.send(new PutCommand({ TableName: 'orders', Item: Item('1') }));
    await dynamodb.call('PutItem', { TableName: 'orders', Item: { tenant: { S: 'streamed' }, id: { S: '2' } } });
    await dynamodb.documents.send(
      new TransactWriteCommand({
        TransactItems: ['3', '4'].map((id) => ({ Put: { TableName: 'orders', Item: Item(id) } })),
      }),
    );
    await dynamodb.documents.send(new GetCommand({ TableName: 'orders', Key: Item('1') }));
    await dynamodb.documents.send(
      new TransactGetCommand({ TransactItems: [{ Get: { TableName: 'orders', Key: Item('1') } }] }),
    );
    await dynamodb.documents.send(new BatchGetCommand({ RequestItems: { orders: { Keys: [Item('1')] } } }));
    expect(woken).toBe(3);
    stop();
    await dynamodb.documents.send(new DeleteCommand({ TableName: 'orders', Key: Item('4') }));
    expect(woken).toBe(3);

    dynamodb.forget();
    const { StreamDescription } = await dynamodb.call('DescribeStream', { StreamArn });
    const { Shards } = StreamDescription as unknown as { Shards: { ShardId: string; SequenceNumberRange: object }[] };
    expect(Shards.at(-1)?.SequenceNumberRange).not.toHaveProperty('EndingSequenceNumber');
    const ShardId = Shards[0]?.ShardId ?? '';
    const { ShardIterator } = await dynamodb.call('GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records, NextShardIterator } = await dynamodb.call('GetRecords', { ShardIterator: ShardIterator ?? '' });
    expect(dynamodb.asked.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:DescribeStream', StreamArn],
      ['dynamodb:GetShardIterator', StreamArn],
      ['dynamodb:GetRecords', StreamArn],
    ]);
    const records = Records as unknown as {
      awsRegion: string;
      eventName: string;
      dynamodb: { Keys: { tenant: { S: string }; id: { S: string } } };
    }[];
    const seen = records.filter(({ dynamodb }) => dynamodb.Keys.tenant.S === 'streamed');
    expect(seen.map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys.id.S])).toEqual([
      ['INSERT', '1'],
      ['INSERT', '2'],
      ['INSERT', '3'],
      ['INSERT', '4'],
      ['REMOVE', '4'],
    ]);
    expect(seen[0]?.awsRegion).toBe('us-east-1');
    expect(await dynamodb.call('GetRecords', { ShardIterator: NextShardIterator ?? '' })).toMatchObject({
      Records: [],
    });
  });
});
