import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { ConditionContext, Identity, JsonObject, LocalService, Principal, Tables } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { callEngine } from './engine-client.ts';
import { startEngine, type Engine } from './engine.ts';
import { createDynamodb } from './index.ts';

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context?: ConditionContext;
}

const worker: Principal = {
  accountId: '000000000000',
  arn: 'arn:aws:sts::000000000000:assumed-role/worker/test',
  userId: 'AROA:test',
  roleArn: 'arn:aws:iam::000000000000:role/worker',
};
const orders = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
let asked: Asked[] = [];
let denied = new Set<string>();

/** Takes the caller for a role's session, notes what is asked of it and refuses what a test names. */
const identity: Identity = {
  ...trustingIdentity,
  authenticate: () => worker,
  authorize(principal, action, resource, context) {
    asked.push({ action, resource, ...(context ? { context } : {}) });
    if (denied.has(action)) {
      throw new AwsError('AccessDeniedException', `User: ${principal.arn} may not ${action} ${resource}`, 403);
    }
  },
};

let engine: Engine;
let services: RunningServices;
let tables: LocalService & Tables;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;

beforeAll(async () => {
  engine = await startEngine({ folder: null, variables: {} });
  services = await startServices((environment, state) => {
    tables = createDynamodb({ state, environment, identity, clock: Date, engine: engine.endpoint });
    return [tables];
  }, identity);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: services.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  documents = DynamoDBDocumentClient.from(client);
  const keys = { AttributeDefinitions: [], KeySchema: [] };
  await callEngine(engine.endpoint, 'CreateTable', {
    ...keys,
    TableName: 'local-cloud-state',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
  });
  await client.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'tenant', AttributeType: 'S' },
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'status', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'tenant', KeyType: 'HASH' },
        { AttributeName: 'id', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byStatus',
          KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
});
afterAll(async () => {
  expect(services.faults).toEqual([]);
  await services.stop();
  await engine.stop();
});
beforeEach(() => {
  asked = [];
  denied = new Set();
});

const call = (operation: string, input: JsonObject): Promise<JsonObject> => tables.call(worker, operation, input);

describe('items over the SDK', () => {
  const TableName = 'orders';
  const Key = { tenant: 't1', id: 'o1' };

  test('put, get, update, query, scan, delete', async () => {
    await documents.send(new PutCommand({ TableName, Item: { ...Key, status: 'NEW', amount: 12 } }));
    expect((await documents.send(new GetCommand({ TableName, Key }))).Item).toEqual({
      ...Key,
      status: 'NEW',
      amount: 12,
    });
    const updated = await documents.send(
      new UpdateCommand({
        TableName: orders,
        Key,
        UpdateExpression: 'SET amount = amount + :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(updated.Attributes).toEqual({ amount: 13 });
    const queried = await documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '(#t = :t) AND (begins_with(#i, :i))',
        ExpressionAttributeNames: { '#t': 'tenant', '#i': 'id' },
        ExpressionAttributeValues: { ':t': 't1', ':i': 'o' },
      }),
    );
    expect(queried.Items).toHaveLength(1);
    expect((await documents.send(new ScanCommand({ TableName }))).Count).toBe(1);
    await documents.send(new DeleteCommand({ TableName, Key }));
    expect((await documents.send(new GetCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  test('a failed condition brings the item, a failed transaction its reasons', async () => {
    await documents.send(new PutCommand({ TableName, Item: { ...Key, amount: 1 } }));
    const put = {
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    await expect(documents.send(new PutCommand(put))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { amount: { N: '1' } },
    });
    await expect(documents.send(new TransactWriteCommand({ TransactItems: [{ Put: put }] }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { amount: { N: '1' } } }],
    });
    await expect(call('PutItem', { ...put, Item: { tenant: { S: 't1' }, id: { S: 'o1' } } })).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      fields: { Item: { amount: { N: '1' } } },
    });
  });

  test('begins_with on a number is refused as DynamoDB refuses it', async () => {
    const query = new QueryCommand({
      TableName,
      KeyConditionExpression: 'tenant = :t AND begins_with(id, :n)',
      ExpressionAttributeValues: { ':t': 't1', ':n': 1 },
    });
    await expect(documents.send(query)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('operand type: N') as unknown,
    });
  });

  test('PartiQL and what is unknown are refused by name', async () => {
    await expect(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM orders' }))).rejects.toMatchObject(
      {
        name: 'ValidationException',
        message: 'ExecuteStatement is not supported here: PartiQL is not offered',
      },
    );
    await expect(call('ImportTable', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });
});

describe('what is asked of the identity', () => {
  const TableName = 'orders';
  const Key = { tenant: { S: 't1' }, id: { S: 'o1' } };
  const leading = (...keys: string[]): object => expect.objectContaining({ 'dynamodb:LeadingKeys': keys }) as object;
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
    await call(operation, input);
    expect(asked).toEqual(expected);
  });

  test('a scan has no leading keys', async () => {
    await call('Scan', { TableName });
    expect(asked[0]?.context).toEqual({ 'dynamodb:Select': 'ALL_ATTRIBUTES' });
  });

  test('attributes are those that the request names', async () => {
    await call('GetItem', {
      TableName,
      Key,
      ProjectionExpression: 'amount, address.#c, tags[0]',
      ExpressionAttributeNames: { '#c': 'city' },
    });
    expect(asked[0]?.context).toEqual({
      'dynamodb:LeadingKeys': ['t1'],
      'dynamodb:Attributes': ['amount', 'address', 'tags', 'tenant', 'id'],
      'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
    });
  });

  test('what is refused is not done', async () => {
    denied = new Set(['dynamodb:PutItem', 'dynamodb:BatchWriteItem']);
    const Item = { tenant: 't9', id: 'x' };
    const refusal = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } };
    await expect(documents.send(new PutCommand({ TableName, Item }))).rejects.toMatchObject(refusal);
    await expect(
      documents.send(new BatchWriteCommand({ RequestItems: { orders: [{ PutRequest: { Item } }] } })),
    ).rejects.toMatchObject(refusal);
    await expect(
      documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] })),
    ).rejects.toMatchObject(refusal);
    expect((await documents.send(new GetCommand({ TableName, Key: Item }))).Item).toBeUndefined();
  });

  test.each<[string, JsonObject]>([
    ['GetItem', { TableName, Key: { id: { S: 'o1' } } }],
    ['GetItem', { TableName, Key: { tenant: { S: 't1', N: '1' }, id: { S: 'o1' } } }],
    ['Query', { ...query, KeyConditionExpression: 'id = :i' }],
    ['Query', { ...query, KeyConditionExpression: 'tenant = :t AND tenant = :i' }],
    ['Query', { TableName }],
  ])('%s without one leading key is refused before it is asked: %j', async (operation, input) => {
    await expect(call(operation, input)).rejects.toMatchObject({ code: 'ValidationException' });
    expect(asked).toEqual([]);
  });
});

describe("the cloud's own table", () => {
  const TableName = 'local-cloud-state';
  const Key = { id: { S: 'x' } };
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;

  test('is not listed', async () => {
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['orders']);
    expect(JSON.stringify(await call('ListStreams', {}))).not.toContain(TableName);
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
    await expect(call(operation, input)).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('cannot be created either', async () => {
    await expect(call('CreateTable', { TableName })).rejects.toMatchObject({ code: 'ResourceInUseException' });
  });

  test('an iterator that somebody made up is refused', async () => {
    const made = Buffer.from(JSON.stringify({ table_name: TableName, shard_id: 's', position: 0 })).toString('base64');
    for (const ShardIterator of [made, `${orders}/stream/x|AAAA|${made}`]) {
      await expect(call('GetRecords', { ShardIterator })).rejects.toMatchObject({ code: 'ExpiredIteratorException' });
    }
  });
});

describe('tables', () => {
  test("have this account's ARNs", async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableArn: orders,
      LatestStreamArn: expect.stringMatching(`^${orders}/stream/`) as unknown,
      GlobalSecondaryIndexes: [{ IndexArn: `${orders}/index/byStatus` }],
    });
  });

  test('keep settings that the engine lacks', async () => {
    const TableName = 'settings';
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    const backups = async () =>
      (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription;
    expect(await backups()).toEqual({ PointInTimeRecoveryStatus: 'DISABLED' });
    await client.send(
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
    await client.send(new UpdateTableCommand({ TableName, SSESpecification: { Enabled: true } }));
    expect((await client.send(new DescribeTableCommand({ TableName }))).Table?.SSEDescription?.Status).toBe('ENABLED');
    await client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'end' } }),
    );
    expect((await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription).toEqual({
      TimeToLiveStatus: 'ENABLED',
      AttributeName: 'end',
    });
    const ResourceArn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    await client.send(new DeleteTableCommand({ TableName }));
    await expect(client.send(new DescribeContinuousBackupsCommand({ TableName }))).rejects.toMatchObject({
      name: 'TableNotFoundException',
    });
  });

  test('a table that is made anew with another key is guarded by that key', async () => {
    for (const key of ['first', 'second']) {
      await call('CreateTable', {
        TableName: 'again',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'N' }],
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
      });
      asked = [];
      await call('GetItem', { TableName: 'again', Key: { [key]: { N: '7' } } });
      expect(asked[0]?.context).toMatchObject({ 'dynamodb:LeadingKeys': ['7'] });
      await call('DeleteTable', { TableName: 'again' });
    }
  });
});

describe('streams', () => {
  test('records are read in order, and a write wakes the listener', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    const StreamArn = Table?.LatestStreamArn ?? '';
    let woken = 0;
    const stop = tables.streams.onWrite(StreamArn, () => (woken += 1));
    const Item = (id: string) => ({ tenant: 'streamed', id });
    await documents.send(new PutCommand({ TableName: 'orders', Item: Item('1') }));
    await call('PutItem', { TableName: 'orders', Item: { tenant: { S: 'streamed' }, id: { S: '2' } } });
    await documents.send(
      new TransactWriteCommand({
        TransactItems: ['3', '4'].map((id) => ({ Put: { TableName: 'orders', Item: Item(id) } })),
      }),
    );
    await documents.send(new GetCommand({ TableName: 'orders', Key: Item('1') }));
    await documents.send(new TransactGetCommand({ TransactItems: [{ Get: { TableName: 'orders', Key: Item('1') } }] }));
    await documents.send(new BatchGetCommand({ RequestItems: { orders: { Keys: [Item('1')] } } }));
    expect(woken).toBe(3);
    stop();
    await documents.send(new DeleteCommand({ TableName: 'orders', Key: Item('4') }));
    expect(woken).toBe(3);

    asked = [];
    const { StreamDescription } = await call('DescribeStream', { StreamArn });
    const { Shards } = StreamDescription as unknown as { Shards: { ShardId: string; SequenceNumberRange: object }[] };
    expect(Shards.at(-1)?.SequenceNumberRange).not.toHaveProperty('EndingSequenceNumber');
    const ShardId = Shards[0]?.ShardId ?? '';
    const { ShardIterator } = await call('GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records, NextShardIterator } = await call('GetRecords', { ShardIterator: ShardIterator ?? '' });
    expect(asked.map(({ action, resource }) => [action, resource])).toEqual([
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
    expect(await call('GetRecords', { ShardIterator: NextShardIterator ?? '' })).toMatchObject({ Records: [] });
  });
});
