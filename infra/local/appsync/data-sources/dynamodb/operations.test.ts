import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDynamodb, type RunningDynamodb } from '../../../dynamodb/testing/start-dynamodb.ts';
import type { Json, JsonObject } from '../../../service.ts';
import { createMemoryState } from '../../../state/memory.ts';
import { trustingIdentity } from '../../../testing/trusting-identity.ts';
import { createBatchQueue } from '../../execution/batch-queue.ts';
import type { DataSource, DataSourceAnswer } from '../data-source.ts';
import { createPageTokens } from '../page-tokens.ts';
import { dynamodbDataSource } from './index.ts';
import { fromWireItem } from './values.ts';

let dynamodb: RunningDynamodb;
let source: DataSource;
beforeAll(async () => {
  dynamodb = await startDynamodb();
  source = dynamodbDataSource({
    tables: dynamodb.tables,
    tokens: createPageTokens(createMemoryState(), randomBytes),
    tableName: 'orders',
    tokenScope: 'api/orders',
    assume: () => trustingIdentity.assumeServiceRole('arn:role/data', 'appsync.amazonaws.com', 's'),
  });
});
afterAll(() => dynamodb.stop());

const keyOf = (id: string) => ({ tenant: { S: 't' }, id: { S: id } });
const wireOf = (id: string, status: string, amount: number) => ({
  ...keyOf(id),
  status: { S: status },
  amount: { N: amount },
});
const plain = (id: string, more: JsonObject = {}): JsonObject => ({ tenant: 't', id, ...more });
const a = plain('a', { status: 'NEW', amount: 1 });
const b = plain('b', { status: 'NEW', amount: 2 });
const c = plain('c', { status: 'PAID', amount: 3 });

const invoke = (request: Json): Promise<DataSourceAnswer> =>
  source.invoke(request, { caller: 'Query.a', maxBatchSize: 0, batches: createBatchQueue() });

async function stored(): Promise<JsonObject[]> {
  const { Items } = await dynamodb.call('Scan', { TableName: 'orders' });
  return byId((Items as Json[]).map(fromWireItem));
}
const byId = (items: readonly JsonObject[]): JsonObject[] =>
  [...items].sort((one, other) => String(one['id']).localeCompare(String(other['id'])));

beforeEach(async () => {
  dynamodb.forget();
  for (const { tenant, id } of await stored()) {
    const Key = { tenant: { S: String(tenant) }, id: { S: String(id) } };
    await dynamodb.call('DeleteItem', { TableName: 'orders', Key });
  }
  const items = [wireOf('a', 'NEW', 1), wireOf('b', 'NEW', 2), wireOf('c', 'PAID', 3)];
  await invoke({ operation: 'BatchPutItem', tables: { orders: items } });
});

const amountOnly = { expression: '#a', expressionNames: { '#a': 'amount' } };
const unpaid = { expression: '#s = :s', expressionNames: { '#s': 'status' }, expressionValues: { ':s': { S: 'NEW' } } };

describe('reads', () => {
  it.each<[string, JsonObject, Json]>([
    ['GetItem', { key: keyOf('a') }, a],
    ['GetItem of a part', { key: keyOf('a'), consistentRead: true, projection: amountOnly }, { amount: 1 }],
    ['GetItem of nothing', { key: keyOf('z') }, null],
    [
      'Query, the last first',
      {
        query: { expression: 'tenant = :t', expressionValues: { ':t': { S: 't' } } },
        filter: unpaid,
        scanIndexForward: false,
      },
      { items: [b, a], nextToken: null, scannedCount: 3 },
    ],
    [
      'Query of an index',
      {
        index: 'byStatus',
        query: {
          expression: '#s = :s',
          expressionNames: { '#s': 'status' },
          expressionValues: { ':s': { S: 'PAID' } },
        },
        projection: amountOnly,
      },
      { items: [{ amount: 3 }], nextToken: null, scannedCount: 1 },
    ],
    [
      'Query that counts',
      { query: { expression: 'tenant = :t', expressionValues: { ':t': { S: 't' } } }, select: 'COUNT' },
      { items: [], nextToken: null, scannedCount: 3 },
    ],
    [
      'Scan',
      { filter: unpaid, projection: amountOnly },
      { items: [{ amount: 1 }, { amount: 2 }], nextToken: null, scannedCount: 3 },
    ],
    [
      'BatchGetItem, in the order of the keys',
      { tables: { orders: [keyOf('c'), keyOf('z'), keyOf('a')] } },
      { data: { orders: [c, null, a] }, unprocessedKeys: { orders: [] } },
    ],
    [
      'BatchGetItem of a part that lacks the key',
      { tables: { orders: { keys: [keyOf('c'), keyOf('z'), keyOf('a')], projection: amountOnly } } },
      { data: { orders: [{ amount: 3 }, null, { amount: 1 }] }, unprocessedKeys: { orders: [] } },
    ],
    [
      'BatchGetItem of a part with some of the key',
      {
        tables: {
          orders: {
            keys: [keyOf('b'), keyOf('a')],
            consistentRead: true,
            projection: { expression: '#i, amount', expressionNames: { '#i': 'id' } },
          },
        },
      },
      {
        data: {
          orders: [
            { id: 'b', amount: 2 },
            { id: 'a', amount: 1 },
          ],
        },
        unprocessedKeys: { orders: [] },
      },
    ],
    [
      'TransactGetItems',
      {
        transactItems: [
          { table: 'orders', key: keyOf('b') },
          { table: 'orders', key: keyOf('z') },
          { table: 'orders', key: keyOf('a'), projection: { expression: 'tenant, id, amount' } },
        ],
      },
      { items: [b, null, plain('a', { amount: 1 })] },
    ],
  ])('%s', async (name, request, result) => {
    const [operation = ''] = name.split(/[ ,]/);
    expect(await invoke({ operation, ...request })).toEqual({ result });
    expect(await stored()).toEqual([a, b, c]);
  });

  it.each<[string, JsonObject]>([
    ['Query', { query: { expression: 'tenant = :t', expressionValues: { ':t': { S: 't' } } } }],
    ['Scan', {}],
  ])('%s goes on where a page ended', async (operation, request) => {
    const first = (await invoke({ operation, ...request, limit: 2 })).result as {
      items: JsonObject[];
      nextToken: Json;
    };
    expect(first.items).toHaveLength(2);
    const { nextToken } = first;
    const second = (await invoke({ operation, ...request, limit: 2, nextToken })).result as typeof first;
    expect(byId([...first.items, ...second.items])).toEqual([a, b, c]);
    expect(second.nextToken).toBeNull();
  });

  it('Scan takes a segment of the table', async () => {
    const other = { tenant: { S: 'other' }, id: { S: 'd' } };
    await dynamodb.call('PutItem', { TableName: 'orders', Item: other });
    const segments = await Promise.all(
      [0, 1, 2, 3].map(async (segment) => (await invoke({ operation: 'Scan', totalSegments: 4, segment })).result),
    );
    const found = segments.map((result) => (result as { items: JsonObject[] }).items);
    expect(found.some((part) => part.length < 4)).toBe(true);
    expect(byId(found.flat())).toEqual([a, b, c, { tenant: 'other', id: 'd' }]);
  });
});

const onlyIf = (amount: number) => ({ expression: 'amount = :n', expressionValues: { ':n': { N: amount } } });
const addTen = { expression: 'ADD amount :ten', expressionValues: { ':ten': { N: 10 } } };
const d = plain('d', { status: 'NEW', amount: 4 });

describe('writes', () => {
  it.each<[string, JsonObject, Json, JsonObject[]]>([
    ['PutItem', { key: keyOf('d'), attributeValues: { status: { S: 'NEW' }, amount: { N: 4 } } }, d, [a, b, c, d]],
    [
      'PutItem if the condition holds',
      { key: keyOf('a'), attributeValues: { tags: { SS: ['x'] } }, condition: onlyIf(1) },
      plain('a', { tags: ['x'] }),
      [plain('a', { tags: ['x'] }), b, c],
    ],
    [
      'UpdateItem',
      { key: keyOf('a'), update: addTen, condition: onlyIf(1) },
      { ...a, amount: 11 },
      [{ ...a, amount: 11 }, b, c],
    ],
    ['DeleteItem', { key: keyOf('a'), condition: onlyIf(1) }, a, [b, c]],
    ['DeleteItem of nothing', { key: keyOf('z') }, null, [a, b, c]],
    [
      'BatchPutItem',
      { tables: { orders: [wireOf('d', 'NEW', 4), wireOf('c', 'NEW', 0)] } },
      { data: { orders: [d, { ...c, status: 'NEW', amount: 0 }] }, unprocessedItems: { orders: [] } },
      [a, b, { ...c, status: 'NEW', amount: 0 }, d],
    ],
    [
      'BatchDeleteItem',
      { tables: { orders: [keyOf('a'), keyOf('z'), keyOf('b')] } },
      { data: { orders: [plain('a'), plain('z'), plain('b')] }, unprocessedKeys: { orders: [] } },
      [c],
    ],
    [
      'TransactWriteItems',
      {
        transactItems: [
          {
            table: 'orders',
            operation: 'PutItem',
            key: keyOf('d'),
            attributeValues: { status: { S: 'NEW' }, amount: { N: 4 } },
          },
          { table: 'orders', operation: 'UpdateItem', key: keyOf('a'), update: addTen, condition: onlyIf(1) },
          { table: 'orders', operation: 'DeleteItem', key: keyOf('b') },
          { table: 'orders', operation: 'ConditionCheck', key: keyOf('c'), condition: onlyIf(3) },
        ],
      },
      { keys: ['d', 'a', 'b', 'c'].map((id) => plain(id)), cancellationReasons: null },
      [{ ...a, amount: 11 }, c, d],
    ],
  ])('%s', async (name, request, result, left) => {
    const [operation = ''] = name.split(' ');
    expect(await invoke({ operation, ...request })).toEqual({ result });
    expect(await stored()).toEqual(left);
  });

  it.each<[string, JsonObject]>([
    ['PutItem', { attributeValues: { amount: { N: 9 } } }],
    ['UpdateItem', { update: addTen }],
    ['DeleteItem', {}],
  ])('%s does nothing if its condition fails, and hands over what is there', async (operation, request) => {
    expect(await invoke({ operation, key: keyOf('a'), condition: onlyIf(7), ...request })).toMatchObject({
      result: a,
      error: { type: 'DynamoDB:ConditionalCheckFailedException' },
    });
    expect(await stored()).toEqual([a, b, c]);
  });

  it('TransactWriteItems does nothing if one condition fails, and tells which', async () => {
    const transactItems: Json = [
      { table: 'orders', operation: 'DeleteItem', key: keyOf('b') },
      { table: 'orders', operation: 'UpdateItem', key: keyOf('a'), update: addTen, condition: onlyIf(7) },
    ];
    const { result, error } = await invoke({ operation: 'TransactWriteItems', transactItems });
    expect(error?.type).toBe('DynamoDB:TransactionCanceledException');
    expect(result).toMatchObject({
      keys: null,
      cancellationReasons: [{ type: 'None' }, { type: 'ConditionalCheckFailed', item: a }],
    });
    expect(await stored()).toEqual([a, b, c]);
  });
});

describe('what the role may not do', () => {
  it.each<[string, JsonObject, string]>([
    ['GetItem', { key: keyOf('a') }, 'GetItem'],
    ['Query', { query: { expression: 'tenant = :t', expressionValues: { ':t': { S: 't' } } } }, 'Query'],
    ['Scan', {}, 'Scan'],
    ['BatchGetItem', { tables: { orders: [keyOf('a')] } }, 'BatchGetItem'],
    ['TransactGetItems', { transactItems: [{ table: 'orders', key: keyOf('a') }] }, 'GetItem'],
    ['PutItem', { key: keyOf('a') }, 'PutItem'],
    ['UpdateItem', { key: keyOf('a'), update: addTen }, 'UpdateItem'],
    ['DeleteItem', { key: keyOf('a') }, 'DeleteItem'],
    ['BatchPutItem', { tables: { orders: [keyOf('a')] } }, 'BatchWriteItem'],
    ['BatchDeleteItem', { tables: { orders: [keyOf('a')] } }, 'BatchWriteItem'],
    [
      'TransactWriteItems',
      { transactItems: [{ table: 'orders', operation: 'DeleteItem', key: keyOf('a') }] },
      'DeleteItem',
    ],
  ])('%s is for the response handler', async (operation, request, action) => {
    dynamodb.deny(`dynamodb:${action}`);
    expect(await invoke({ operation, ...request })).toMatchObject({
      result: null,
      error: { type: 'DynamoDB:DynamoDbException' },
    });
    dynamodb.forget();
    expect(await stored()).toEqual([a, b, c]);
  });
});
