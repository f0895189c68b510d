import { ExecuteStatementCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { orders, startDynamodb, type RunningDynamodb } from './testing/start-dynamodb.ts';

let dynamodb: RunningDynamodb;
beforeAll(async () => {
  dynamodb = await startDynamodb();
});
afterAll(() => dynamodb.stop());
beforeEach(() => dynamodb.forget());

describe('items over the SDK', () => {
  const TableName = 'orders';
  const Key = { tenant: 't1', id: 'o1' };

  test('put, get, update, query, scan, delete', async () => {
    await dynamodb.documents.send(new PutCommand({ TableName, Item: { ...Key, status: 'NEW', amount: 12 } }));
    expect((await dynamodb.documents.send(new GetCommand({ TableName, Key }))).Item).toEqual({
      ...Key,
      status: 'NEW',
      amount: 12,
    });
    const updated = await dynamodb.documents.send(
      new UpdateCommand({
        TableName: orders,
        Key,
        UpdateExpression: 'SET amount = amount + :one',
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(updated.Attributes).toEqual({ amount: 13 });
    const queried = await dynamodb.documents.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '(#t = :t) AND (begins_with(#i, :i))',
        ExpressionAttributeNames: { '#t': 'tenant', '#i': 'id' },
        ExpressionAttributeValues: { ':t': 't1', ':i': 'o' },
      }),
    );
    expect(queried.Items).toHaveLength(1);
    expect((await dynamodb.documents.send(new ScanCommand({ TableName }))).Count).toBe(1);
    await dynamodb.documents.send(new DeleteCommand({ TableName, Key }));
    expect((await dynamodb.documents.send(new GetCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  test('a failed condition brings the item, a failed transaction its reasons', async () => {
    await dynamodb.documents.send(new PutCommand({ TableName, Item: { ...Key, amount: 1 } }));
    const put = {
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    await expect(dynamodb.documents.send(new PutCommand(put))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { amount: { N: '1' } },
    });
    await expect(
      dynamodb.documents.send(new TransactWriteCommand({ TransactItems: [{ Put: put }] })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { amount: { N: '1' } } }],
    });
    await expect(
      dynamodb.call('PutItem', { ...put, Item: { tenant: { S: 't1' }, id: { S: 'o1' } } }),
    ).rejects.toMatchObject({
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
    await expect(dynamodb.documents.send(query)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('operand type: N') as unknown,
    });
  });

  test('PartiQL and what is unknown are refused by name', async () => {
    await expect(
      dynamodb.client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM orders' })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'ExecuteStatement is not supported here: PartiQL is not offered',
    });
    await expect(dynamodb.call('ImportTable', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });
});
