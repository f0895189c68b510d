import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameWith } from '../../support/sdk.ts';
import { signedCall } from '../../support/signed-call.ts';
import type { Scene } from '../scene.ts';

const tables = [
  'cotenant-control-plane-AuditLog',
  'cotenant-control-plane-Gates',
  'cotenant-control-plane-ProvisioningRuns',
  'cotenant-control-plane-PublicGateCallers',
  'cotenant-control-plane-ReconcilerFindings',
  'cotenant-control-plane-Registrations',
  'cotenant-control-plane-Releases',
  'cotenant-control-plane-Rollouts',
  'cotenant-control-plane-Tenants',
  'cotenant-control-plane-TenantStackMapping',
  'cotenant-control-plane-TenantUsers',
  'cotenant-control-plane-Tiers',
  'cotenant-control-plane-Transitions',
  'cotenant-control-plane-Usage',
  'cotenant-pooled-Orders',
  'cotenant-pooled-Products',
];

interface DescribeStreamOutput {
  readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] };
}

interface StreamRecord {
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: { readonly productId: { readonly S: string } } };
}

/** The product's own tables, and a table of the client's. */
export function dynamodbCalls(scene: () => Scene): void {
  const dynamodb = () => new DynamoDBClient(scene().settings);
  const documents = () => DynamoDBDocumentClient.from(dynamodb());
  let names: readonly string[];
  beforeAll(async () => {
    names = (await dynamodb().send(new ListTablesCommand({}))).TableNames ?? [];
  });

  describe('the tables of the stacks', () => {
    test('are there, and nothing of the local cloud with them', () => {
      expect(names.map((name) => tables.find((table) => name.startsWith(table)) ?? name).sort()).toEqual(
        [...tables].sort(),
      );
    });

    test('have the keys, the stream and the protection that their stack gives them', async () => {
      const { Table: table } = await dynamodb().send(
        new DescribeTableCommand({ TableName: nameWith('pooled-Products', names) }),
      );
      expect(table).toMatchObject({
        TableStatus: 'ACTIVE',
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        DeletionProtectionEnabled: true,
        KeySchema: [
          { AttributeName: 'shardId', KeyType: 'HASH' },
          { AttributeName: 'productId', KeyType: 'RANGE' },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      });
      const { Table: tenants } = await dynamodb().send(
        new DescribeTableCommand({ TableName: nameWith('control-plane-Tenants', names) }),
      );
      expect(tenants?.GlobalSecondaryIndexes).toMatchObject([{ IndexName: 'slug', IndexStatus: 'ACTIVE' }]);
    });
  });

  describe('items of a table of one’s own', () => {
    const TableName = 'a-client-of-dynamodb';
    const shardId = 'shelf';
    const product = (productId: string, stock = 1) => ({ shardId, productId, name: `Product ${productId}`, stock });
    let streamArn: string | undefined;
    beforeAll(async () => {
      const { TableDescription: table } = await dynamodb().send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'shardId', AttributeType: 'S' },
            { AttributeName: 'productId', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'shardId', KeyType: 'HASH' },
            { AttributeName: 'productId', KeyType: 'RANGE' },
          ],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        }),
      );
      streamArn = table?.LatestStreamArn;
    });
    afterAll(async () => void (await dynamodb().send(new DeleteTableCommand({ TableName }))));

    test('are written under a condition, which says what it met', async () => {
      const write = new PutCommand({
        TableName,
        Item: product('once', 5),
        ConditionExpression: 'attribute_not_exists(productId)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await documents().send(write);
      await expect(documents().send(write)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: expect.objectContaining({ stock: { N: '5' } }) as object,
      });
      const take = (quantity: number) =>
        documents().send(
          new UpdateCommand({
            TableName,
            Key: { shardId, productId: 'once' },
            UpdateExpression: 'SET stock = stock - :quantity',
            ConditionExpression: 'stock >= :quantity',
            ExpressionAttributeValues: { ':quantity': quantity },
            ReturnValues: 'ALL_NEW',
          }),
        );
      expect((await take(3)).Attributes).toMatchObject({ stock: 2 });
      await expect(take(3)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    });

    test('are written together or not at all', async () => {
      const both = (first: string, second: string) =>
        documents().send(
          new TransactWriteCommand({
            TransactItems: [first, second].map((productId) => ({
              Put: { TableName, Item: product(productId), ConditionExpression: 'attribute_not_exists(productId)' },
            })),
          }),
        );
      await both('t1', 't2');
      await expect(both('t3', 't2')).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]',
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
      });
      const { Item: item } = await documents().send(
        new GetCommand({ TableName, Key: { shardId, productId: 't3' }, ConsistentRead: true }),
      );
      expect(item).toBeUndefined();
    });

    test('are found page by page, in either order', async () => {
      for (const id of ['q1', 'q2', 'q3']) await documents().send(new PutCommand({ TableName, Item: product(id) }));
      const query = (more: object) =>
        documents().send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: 'shardId = :shard AND begins_with(productId, :prefix)',
            ExpressionAttributeValues: { ':shard': shardId, ':prefix': 'q' },
            ...more,
          }),
        );
      const idsOf = ({ Items: items = [] }: Awaited<ReturnType<typeof query>>) =>
        items.map((item) => (item as { productId: string }).productId);
      const first = await query({ Limit: 2 });
      expect(idsOf(first)).toEqual(['q1', 'q2']);
      expect(first.LastEvaluatedKey).toEqual({ shardId, productId: 'q2' });
      expect(idsOf(await query({ Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey }))).toEqual(['q3']);
      expect(idsOf(await query({ ScanIndexForward: false }))).toEqual(['q3', 'q2', 'q1']);
    });

    test('leave their changes in the stream, in order', async () => {
      const call = <Answer>(operation: string, input: object) =>
        signedCall<Answer>(scene().settings, 'dynamodb', `DynamoDBStreams_20120810.${operation}`, input);
      const { StreamDescription: stream } = await call<DescribeStreamOutput>('DescribeStream', {
        StreamArn: streamArn,
      });
      expect(stream).toMatchObject({ StreamStatus: 'ENABLED', TableName, Shards: [{}] });
      const { ShardIterator } = await call<{ ShardIterator: string }>('GetShardIterator', {
        StreamArn: streamArn,
        ShardId: stream.Shards[0]?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      const { Records: records } = await call<{ Records: StreamRecord[] }>('GetRecords', { ShardIterator });
      const changes = records.map(({ eventName, dynamodb: change }) => `${eventName} ${change.Keys.productId.S}`);
      expect(changes.slice(0, 2)).toEqual(['INSERT once', 'MODIFY once']);
      // A transaction's writes come in any order.
      expect(changes.slice(2).sort()).toEqual(['INSERT q1', 'INSERT q2', 'INSERT q3', 'INSERT t1', 'INSERT t2']);
      expect(records[1]?.dynamodb).toMatchObject({ OldImage: { stock: { N: '5' } }, NewImage: { stock: { N: '2' } } });
    });
  });
}
