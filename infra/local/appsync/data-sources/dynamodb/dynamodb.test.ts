import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../service.ts';
import { createMemoryState } from '../../../state/memory.ts';
import { trustingIdentity } from '../../../testing/trusting-identity.ts';
import { createBatchQueue } from '../../execution/batch-queue.ts';
import { fakeServices } from '../../testing/fake-services.ts';
import type { DataSourceAnswer } from '../data-source.ts';
import { createPageTokens } from '../page-tokens.ts';
import { dynamodbDataSource } from './index.ts';

const principal = trustingIdentity.assumeServiceRole('role', 'appsync.amazonaws.com', 's');
const tokens = createPageTokens(createMemoryState(), randomBytes);

function table(handlers: Record<string, (input: JsonObject) => JsonObject>, denied: readonly string[] = []) {
  const services = fakeServices();
  for (const operation of denied) services.denyTable(operation);
  for (const [operation, handler] of Object.entries(handlers)) services.onTable(operation, handler);
  const source = dynamodbDataSource({
    tables: services.dependencies.tables,
    tokens,
    tableName: 'T',
    tokenScope: 'api/T',
    assume: () => principal,
  });
  const invoke = (request: Json, caller = 'Query.a'): Promise<DataSourceAnswer> =>
    source.invoke(request, { caller, maxBatchSize: 0, batches: createBatchQueue() });
  return { invoke, calls: services.tableCalls };
}

const key = { id: { S: '1' } };
const refuseFor =
  (Item?: JsonObject) =>
  ({ ReturnValuesOnConditionCheckFailure: wanted }: JsonObject): never => {
    const fields = Item && wanted === 'ALL_OLD' ? { Item } : {};
    throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', 400, fields);
  };
const condition = { expression: 'attribute_not_exists(id)' };

describe('values', () => {
  it('are converted for the wire, and back to plain JSON', async () => {
    const { invoke, calls } = table({ PutItem: () => ({}) });
    const attributeValues: Json = {
      n: { N: 10 },
      none: { NULL: null },
      set: { NS: [1, 2.5] },
      map: { M: { l: { L: [{ N: 1 }, { BOOL: false }] } } },
    };
    const answer = await invoke({ operation: 'PutItem', key, attributeValues });
    expect(calls[0]?.input['Item']).toEqual({
      id: { S: '1' },
      n: { N: '10' },
      none: { NULL: true },
      set: { NS: ['1', '2.5'] },
      map: { M: { l: { L: [{ N: '1' }, { BOOL: false }] } } },
    });
    expect(answer).toEqual({ result: { id: '1', n: 10, none: null, set: [1, 2.5], map: { l: [1, false] } } });
  });

  it.each([
    [{ operation: 'GetItem', key: { id: 'plain' } }],
    [{ operation: 'GetItem', key, colour: 1 }],
    [{ operation: 'Nope' }],
    [{ operation: 'Sync' }],
    [{ operation: 'GetItem', key: { id: { X: 1 } } }],
    [{ operation: 'PutItem', key, condition: { ...condition, conditionalCheckFailedHandler: { strategy: 'Custom' } } }],
    [null],
  ])('of a wrong request are refused: %j', async (request) => {
    await expect(table({}).invoke(request)).rejects.toMatchObject({ errorType: 'MappingTemplate' });
  });
});

describe('a failed condition', () => {
  const error = {
    type: 'DynamoDB:ConditionalCheckFailedException',
    message: expect.stringContaining('The conditional request failed') as string,
  };

  it('hands over the item as it is, with the error', async () => {
    const { invoke, calls } = table({ UpdateItem: refuseFor({ id: { S: '1' }, v: { N: '3' } }) });
    const update = { expression: 'SET #v = :v', expressionNames: { '#v': 'v' }, expressionValues: { ':v': { N: 1 } } };
    expect(await invoke({ operation: 'UpdateItem', key, update, condition })).toEqual({
      result: { id: '1', v: 3 },
      error,
    });
    expect(calls.map(({ operation }) => operation)).toEqual(['UpdateItem']);
  });

  it('hands it over too where the failure does not bring it along', async () => {
    const { invoke } = table({ UpdateItem: refuseFor(), GetItem: () => ({ Item: { id: { S: '1' }, v: { N: '3' } } }) });
    const update = { expression: 'SET v = :v', expressionValues: { ':v': { N: 1 } } };
    expect(await invoke({ operation: 'UpdateItem', key, update, condition })).toEqual({
      result: { id: '1', v: 3 },
      error,
    });
  });

  it('hands over nothing to a role that may not read', async () => {
    const { invoke } = table({ UpdateItem: refuseFor({ id: { S: '1' } }) }, ['GetItem']);
    const update = { expression: 'SET v = :v', expressionValues: { ':v': { N: 1 } } };
    expect(await invoke({ operation: 'UpdateItem', key, update, condition })).toMatchObject({
      result: null,
      error: { type: 'DynamoDB:DynamoDbException' },
    });
  });

  it('of a put counts as success if the item is as it would be', async () => {
    const { invoke } = table({ PutItem: refuseFor({ id: { S: '1' }, v: { N: '3' }, at: { S: 'before' } }) });
    const put = { operation: 'PutItem', key, attributeValues: { v: { N: 3 }, at: { S: 'now' } } };
    expect(await invoke({ ...put, condition })).toMatchObject({ error });
    expect((await invoke({ ...put, condition: { ...condition, equalsIgnore: ['at'] } })).error).toBeUndefined();
  });

  it('of a delete counts as success if there is no item', async () => {
    const { invoke } = table({ DeleteItem: refuseFor(), GetItem: () => ({}) });
    expect(await invoke({ operation: 'DeleteItem', key, condition })).toEqual({ result: null });
  });

  it('of a transaction comes with its reasons', async () => {
    const { invoke, calls } = table({
      TransactWriteItems: () => {
        throw new AwsError('TransactionCanceledException', 'Transaction cancelled', 400, {
          CancellationReasons: [
            { Code: 'None' },
            { Code: 'ConditionalCheckFailed', Message: 'no', Item: { id: { S: '1' } } },
          ],
        });
      },
    });
    const transactItems: Json = [
      { table: 'T', operation: 'PutItem', key, attributeValues: {} },
      { table: 'T', operation: 'DeleteItem', key, condition },
    ];
    expect(await invoke({ operation: 'TransactWriteItems', transactItems })).toEqual({
      result: {
        keys: null,
        cancellationReasons: [
          { type: 'None', message: 'None', item: null },
          { type: 'ConditionalCheckFailed', message: 'no', item: { id: '1' } },
        ],
      },
      error: expect.objectContaining({ type: 'DynamoDB:TransactionCanceledException' }) as unknown,
    });
    expect(calls[0]?.input['TransactItems']).toMatchObject([
      { Put: { TableName: 'T' } },
      { Delete: { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
    ]);
  });

  it('other errors of DynamoDB are for the response handler too', async () => {
    const { invoke } = table({
      GetItem: () => {
        throw new AwsError('AccessDeniedException', 'not allowed');
      },
    });
    expect(await invoke({ operation: 'GetItem', key })).toMatchObject({
      result: null,
      error: { type: 'DynamoDB:DynamoDbException' },
    });
  });
});

describe('lists', () => {
  const query = {
    operation: 'Query',
    query: { expression: 'id = :id', expressionValues: { ':id': { S: '1' } } },
    limit: 2,
  };

  it('are read on with a token that only the same resolver takes', async () => {
    const { invoke, calls } = table({
      Query: () => ({ Items: [{ id: { S: '1' } }], ScannedCount: 1, LastEvaluatedKey: key }),
    });
    const { nextToken } = (await invoke(query)).result as { nextToken: string };
    expect(Buffer.from(nextToken, 'base64url').toString('latin1')).not.toContain('"S"');
    await invoke({ ...query, nextToken });
    expect(calls.at(-1)?.input['ExclusiveStartKey']).toEqual(key);
    await expect(invoke({ ...query, nextToken }, 'Query.b')).rejects.toMatchObject({
      message: 'Invalid pagination token given.',
    });
    await expect(invoke({ ...query, nextToken: `${nextToken.slice(0, -2)}AA` })).rejects.toThrow();
    await expect(invoke({ ...query, nextToken: 'x' })).rejects.toThrow();
  });

  it('of a batch are in the order of their keys, null where there is none', async () => {
    const { invoke } = table({
      BatchGetItem: () => ({
        Responses: {
          T: [
            { id: { S: '3' }, v: { N: '3' } },
            { id: { S: '1' }, v: { N: '1' } },
          ],
        },
        UnprocessedKeys: {},
      }),
    });
    const keys = ['1', '2', '3'].map((id) => ({ id: { S: id } }));
    expect((await invoke({ operation: 'BatchGetItem', tables: { T: { keys } } })).result).toEqual({
      data: { T: [{ id: '1', v: 1 }, null, { id: '3', v: 3 }] },
      unprocessedKeys: { T: [] },
    });
  });

  it('of writes name what was left', async () => {
    const { invoke } = table({
      BatchWriteItem: () => ({ UnprocessedItems: { T: [{ DeleteRequest: { Key: { id: { S: '2' } } } }] } }),
    });
    const keys = ['1', '2'].map((id) => ({ id: { S: id } }));
    expect((await invoke({ operation: 'BatchDeleteItem', tables: { T: keys } })).result).toEqual({
      data: { T: [{ id: '1' }, null] },
      unprocessedKeys: { T: [{ id: '2' }] },
    });
  });
});
