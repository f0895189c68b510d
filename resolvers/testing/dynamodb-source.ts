/**
 * Sends a step's request to a real DynamoDB engine as AppSync does, so that conditions and transactions are the
 * engine's. Source: AWS AppSync developer guide, "JavaScript resolver function reference for DynamoDB".
 */
import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Json, JsonObject } from '../../infra/local/service.ts';

export interface Answer {
  readonly result: Json;
  readonly error?: { readonly type: string; readonly message: string };
}

type WireItem = Record<string, AttributeValue>;

interface WireExpression {
  readonly expression: string;
  readonly expressionNames?: Record<string, string>;
  readonly expressionValues?: WireItem;
}

interface WireWrite {
  readonly table: string;
  readonly operation: string;
  readonly key: WireItem;
  readonly attributeValues?: WireItem;
  readonly update?: WireExpression;
  readonly condition?: WireExpression;
}

interface WireRequest extends WireWrite {
  readonly query: WireExpression;
  readonly limit: number;
  readonly scanIndexForward: boolean;
  readonly index?: string;
  readonly tables: Record<string, { keys: WireItem[] }>;
  readonly transactItems: readonly WireWrite[];
}

export async function invokeDynamodb(client: DynamoDBClient, table: string, request: Json): Promise<Answer> {
  const wire = normalizeNumbers(request) as unknown as WireRequest;
  try {
    return { result: await send(client, { ...wire, table }) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return { result: plain(error.Item), error: { type: `DynamoDB:${error.name}`, message: error.message } };
    }
    if (error instanceof TransactionCanceledException) {
      const cancellationReasons = (error.CancellationReasons ?? []).map(({ Code, Item }) => ({
        type: Code ?? 'None',
        item: plain(Item),
      }));
      return {
        result: { keys: null, cancellationReasons },
        error: { type: `DynamoDB:${error.name}`, message: error.message },
      };
    }
    throw error;
  }
}

async function send(client: DynamoDBClient, request: WireRequest): Promise<Json> {
  const { table: TableName, key: Key, condition } = request;
  const onFailure = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  switch (request.operation) {
    case 'GetItem':
      return plain((await client.send(new GetItemCommand({ TableName, Key }))).Item);
    case 'PutItem': {
      const Item = { ...request.attributeValues, ...Key };
      await client.send(new PutItemCommand({ TableName, Item, ...conditional(condition), ...onFailure }));
      return plain(Item);
    }
    case 'UpdateItem': {
      const input = { TableName, Key, ...updating(request), ...onFailure, ReturnValues: 'ALL_NEW' } as const;
      return plain((await client.send(new UpdateItemCommand(input))).Attributes);
    }
    case 'DeleteItem': {
      const input = { TableName, Key, ...conditional(condition), ...onFailure, ReturnValues: 'ALL_OLD' } as const;
      return plain((await client.send(new DeleteItemCommand(input))).Attributes);
    }
    case 'Query': {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: request.index,
          KeyConditionExpression: request.query.expression,
          ExpressionAttributeNames: request.query.expressionNames,
          ExpressionAttributeValues: request.query.expressionValues,
          Limit: request.limit,
          ScanIndexForward: request.scanIndexForward,
        }),
      );
      return { items: Items.map(plain), nextToken: LastEvaluatedKey ? 'opaque' : null };
    }
    case 'BatchGetItem':
      return batchGet(client, request.tables);
    case 'TransactWriteItems':
      await client.send(new TransactWriteItemsCommand({ TransactItems: request.transactItems.map(transactItem) }));
      return { keys: request.transactItems.map(({ key }) => plain(key)), cancellationReasons: null };
    default:
      throw new Error(`${request.operation} is no operation of a test's data source`);
  }
}

async function batchGet(client: DynamoDBClient, tables: WireRequest['tables']): Promise<Json> {
  const RequestItems = Object.fromEntries(Object.entries(tables).map(([table, { keys }]) => [table, { Keys: keys }]));
  const { Responses = {} } = await client.send(new BatchGetItemCommand({ RequestItems }));
  const inPlace = Object.entries(tables).map(([table, { keys }]) => {
    const found = (Responses[table] ?? []).map(plain) as JsonObject[];
    const isItemOf = (key: JsonObject) => (item: JsonObject) =>
      Object.entries(key).every(([name, value]) => item[name] === value);
    return [table, keys.map((key) => found.find(isItemOf(plain(key) as JsonObject)) ?? null)] as const;
  });
  return { data: Object.fromEntries(inPlace), unprocessedKeys: {} };
}

function transactItem(write: WireWrite) {
  const base = { TableName: write.table, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const };
  if (write.operation === 'PutItem') {
    return { Put: { ...base, Item: { ...write.attributeValues, ...write.key }, ...conditional(write.condition) } };
  }
  if (write.operation === 'DeleteItem') return { Delete: { ...base, Key: write.key, ...conditional(write.condition) } };
  return { Update: { ...base, Key: write.key, ...updating(write) } };
}

function updating({ update, condition }: WireWrite) {
  const expression = conditional(condition);
  return {
    UpdateExpression: update?.expression ?? '',
    ConditionExpression: expression.ConditionExpression,
    ExpressionAttributeNames: merged(update?.expressionNames, expression.ExpressionAttributeNames),
    ExpressionAttributeValues: merged(update?.expressionValues, expression.ExpressionAttributeValues),
  };
}

function conditional(condition: WireExpression | undefined) {
  return {
    ConditionExpression: condition?.expression,
    ExpressionAttributeNames: condition?.expressionNames,
    ExpressionAttributeValues: condition?.expressionValues,
  };
}

function merged<Value>(one: Record<string, Value> = {}, other: Record<string, Value> = {}) {
  const all = { ...one, ...other };
  return Object.keys(all).length > 0 ? all : undefined;
}

function plain(item: WireItem | undefined): Json {
  if (!item) return null;
  const values = unmarshall(item) as Record<string, unknown>;
  const sets = Object.entries(values).map(([name, value]) => [name, value instanceof Set ? [...value] : value]);
  return Object.fromEntries(sets) as Json;
}

/** util.dynamodb writes numbers as numbers; the wire wants text. */
function normalizeNumbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(normalizeNumbers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'N' && typeof inner === 'number' ? String(inner) : normalizeNumbers(inner as Json),
    ]),
  );
}
