import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ConditionContext, JsonObject } from '../service.ts';
import { orders, startDynamodb, type Asked, type RunningDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.stop());
beforeEach(() => dynamodb.forget());

describe('what is asked of the identity', () => {
  const TableName = 'orders';
  const Key = { tenant: { S: 't1' }, id: { S: 'o1' } };
  const leading = (...keys: string[]) => expect.objectContaining({ 'dynamodb:LeadingKeys': keys }) as ConditionContext;
  const query = { TableName, ExpressionAttributeValues: { ':t': { S: 't1' }, ':i': { S: 'o' } } };

  test.each<[string, JsonObject, Asked[]]>([
    ['GetItem', { TableName, Key }, [{ action: 'dynamodb:GetItem', resource: orders, context: leading('t1') }]],
    ['GetItem', { TableName: orders, Key }, [{ action: 'dynamodb:GetItem', resource: orders, context: leading('t1') }]],
    ['PutItem', { TableName, Item: Key }, [{ action: 'dynamodb:PutItem', resource: orders, context: leading('t1') }]],
    ['DeleteItem', { TableName, Key }, [{ action: 'dynamodb:DeleteItem', resource: orders, context: leading('t1') }]],
    [
      'Query',
      { ...query, KeyConditionExpression: 'tenant = :t AND begins_with(id, :i)' },
      [{ action: 'dynamodb:Query', resource: orders, context: leading('t1') }],
    ],
    [
      'Query',
      {
        ...query,
        KeyConditionExpression: ':t=#a and id BETWEEN :i AND :i',
        ExpressionAttributeNames: { '#a': 'tenant' },
      },
      [{ action: 'dynamodb:Query', resource: orders, context: leading('t1') }],
    ],
    [
      'Query',
      {
        TableName,
        KeyConditions: { tenant: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 't1' }] } },
      },
      [{ action: 'dynamodb:Query', resource: orders, context: leading('t1') }],
    ],
    [
      'Query',
      {
        TableName,
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: 'NEW' } },
      },
      [{ action: 'dynamodb:Query', resource: `${orders}/index/byStatus`, context: leading('NEW') }],
    ],
    [
      'BatchGetItem',
      { RequestItems: { orders: { Keys: [Key, { tenant: { S: 't2' }, id: { S: 'o' } }] } } },
      [{ action: 'dynamodb:BatchGetItem', resource: orders, context: leading('t1', 't2') }],
    ],
    [
      'BatchWriteItem',
      {
        RequestItems: {
          orders: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key: { ...Key, tenant: { S: 't2' } } } }],
        },
      },
      [{ action: 'dynamodb:BatchWriteItem', resource: orders, context: leading('t1', 't2') }],
    ],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName, Key } }] },
      [{ action: 'dynamodb:GetItem', resource: orders, context: leading('t1') }],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName, Item: Key } },
          { Delete: { TableName, Key: { ...Key, tenant: { S: 't2' } } } },
          {
            ConditionCheck: {
              TableName,
              Key: { ...Key, tenant: { S: 't3' } },
              ConditionExpression: 'attribute_not_exists(id)',
            },
          },
        ],
      },
      [
        { action: 'dynamodb:PutItem', resource: orders, context: leading('t1') },
        { action: 'dynamodb:DeleteItem', resource: orders, context: leading('t2') },
        { action: 'dynamodb:ConditionCheckItem', resource: orders, context: leading('t3') },
      ],
    ],
    ['DescribeTable', { TableName }, [{ action: 'dynamodb:DescribeTable', resource: orders }]],
    ['ListTables', {}, [{ action: 'dynamodb:ListTables', resource: '*' }]],
  ])('%s %j', async (operation, input, expected) => {
    await dynamodb.call(operation, input);
    expect(dynamodb.asked).toEqual(expected);
  });

  test('a scan has no leading keys', async () => {
    await dynamodb.call('Scan', { TableName });
    expect(dynamodb.asked[0]?.context).toEqual({ 'dynamodb:Select': 'ALL_ATTRIBUTES' });
  });

  test('attributes are those that the request names', async () => {
    await dynamodb.call('GetItem', {
      TableName,
      Key,
      ProjectionExpression: 'amount, address.#c, tags[0]',
      ExpressionAttributeNames: { '#c': 'city' },
    });
    expect(dynamodb.asked[0]?.context).toEqual({
      'dynamodb:LeadingKeys': ['t1'],
      'dynamodb:Attributes': ['amount', 'address', 'tags', 'tenant', 'id'],
      'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
    });
  });

  test('what is refused is not done', async () => {
    dynamodb.deny('dynamodb:PutItem', 'dynamodb:BatchWriteItem');
    const Item = { tenant: 't9', id: 'x' };
    const refusal = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } };
    await expect(dynamodb.documents.send(new PutCommand({ TableName, Item }))).rejects.toMatchObject(refusal);
    await expect(
      dynamodb.documents.send(new BatchWriteCommand({ RequestItems: { orders: [{ PutRequest: { Item } }] } })),
    ).rejects.toMatchObject(refusal);
    await expect(
      dynamodb.documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] })),
    ).rejects.toMatchObject(refusal);
    expect((await dynamodb.documents.send(new GetCommand({ TableName, Key: Item }))).Item).toBeUndefined();
  });

  test.each<[string, JsonObject]>([
    ['GetItem', { TableName, Key: { id: { S: 'o1' } } }],
    ['GetItem', { TableName, Key: { tenant: { S: 't1', N: '1' }, id: { S: 'o1' } } }],
    ['Query', { ...query, KeyConditionExpression: 'id = :i' }],
    ['Query', { ...query, KeyConditionExpression: 'tenant = :t AND tenant = :i' }],
    ['Query', { TableName }],
  ])('%s without one leading key is refused before it is asked: %j', async (operation, input) => {
    await expect(dynamodb.call(operation, input)).rejects.toMatchObject({ code: 'ValidationException' });
    expect(dynamodb.asked).toEqual([]);
  });
});

describe("the cloud's own table", () => {
  const TableName = 'local-cloud-state';
  const Key = { id: { S: 'x' } };
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

  test('is not listed', async () => {
    expect((await dynamodb.client.send(new ListTablesCommand({}))).TableNames).toEqual(['orders']);
    expect(JSON.stringify(await dynamodb.call('ListStreams', {}))).not.toContain(TableName);
  });

  test.each<[string, JsonObject]>([
    ['GetItem', { TableName, Key }],
    ['GetItem', { TableName: arn, Key }],
    ['PutItem', { TableName, Item: Key }],
    ['Scan', { TableName }],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [Key] } } }],
    ['BatchWriteItem', { RequestItems: { [arn]: [{ DeleteRequest: { Key } }] } }],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }] }],
    ['TransactWriteItems', { TransactItems: [{ Delete: { TableName, Key } }] }],
    ['DescribeTable', { TableName }],
    ['DeleteTable', { TableName }],
    ['UpdateTable', { TableName, BillingMode: 'PAY_PER_REQUEST' }],
    ['UpdateTimeToLive', { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'id' } }],
    ['DescribeContinuousBackups', { TableName }],
    ['ListTagsOfResource', { ResourceArn: arn }],
    ['ListStreams', { TableName }],
    ['DescribeStream', { StreamArn: `${arn}/stream/x` }],
    ['GetShardIterator', { StreamArn: `${arn}/stream/x`, ShardId: 's', ShardIteratorType: 'LATEST' }],
  ])('%s %j: there is none', async (operation, input) => {
    await expect(dynamodb.call(operation, input)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('cannot be created either', async () => {
    await expect(dynamodb.call('CreateTable', { TableName })).rejects.toMatchObject({ code: 'ResourceInUseException' });
  });

  test('an iterator that somebody made up is refused', async () => {
    const made = Buffer.from(JSON.stringify({ table_name: TableName, shard_id: 's', position: 0 })).toString('base64');
    for (const ShardIterator of [made, `${orders}/stream/x|AAAA|${made}`]) {
      await expect(dynamodb.call('GetRecords', { ShardIterator })).rejects.toMatchObject({
        code: 'ExpiredIteratorException',
      });
    }
  });
});
