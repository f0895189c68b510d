/**
 * The DynamoDB requests of the application plane. They take keys of `tenantKey.ts` only, so that a step which reads or
 * writes outside the caller's tenant does not compile. Names in expressions are written `#name`, values `:name`.
 * Source: AWS AppSync developer guide, "JavaScript resolver function reference for DynamoDB".
 */
import {
  type DynamoDBBatchGetItemRequest,
  type DynamoDBDeleteItemRequest,
  type DynamoDBGetItemRequest,
  type DynamoDBPutItemRequest,
  type DynamoDBQueryRequest,
  type DynamoDBTransactWriteItemsRequest,
  type DynamoDBUpdateItemRequest,
  util,
} from '@aws-appsync/utils';
import type { TenantKey, TenantPartition } from './tenantKey.ts';

/** The attributes of an item, its key's not included. */
export type Item = Readonly<Record<string, unknown>>;

/** An expression, the attributes that it names and the plain values that it compares with or sets. */
export interface Expression {
  readonly expression: string;
  /** Attributes by placeholder, `{status: 'status'}` for `#status`; words that DynamoDB does not reserve need none. */
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export function getItem(key: TenantKey): DynamoDBGetItemRequest {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues(key), consistentRead: true };
}

export function putItem(key: TenantKey, item: Item, condition: Expression): DynamoDBPutItemRequest {
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues(key),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: toWire(condition),
  };
}

export function updateItem(key: TenantKey, update: Expression, condition: Expression): DynamoDBUpdateItemRequest {
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(key),
    update: toWire(update),
    condition: toWire(condition),
  };
}

export function deleteItem(key: TenantKey, condition: Expression): DynamoDBDeleteItemRequest {
  return { operation: 'DeleteItem', key: util.dynamodb.toMapValues(key), condition: toWire(condition) };
}

export interface PartitionQuery {
  readonly partition: TenantPartition;
  /** The sort key's name; items come in its order, after `after` where that is not empty. */
  readonly sort: string;
  readonly order: 'ascending' | 'descending';
  readonly after: string;
  /** Items to evaluate at most. */
  readonly limit: number;
}

export function queryPartition({ partition, sort, order, after, limit }: PartitionQuery): DynamoDBQueryRequest {
  const ascending = order === 'ascending';
  const within = '#partition = :partition';
  const query: Expression = after
    ? {
        expression: `${within} AND #sort ${ascending ? '>' : '<'} :after`,
        names: { partition: partition.name, sort },
        values: { partition: partition.value, after },
      }
    : { expression: within, names: { partition: partition.name }, values: { partition: partition.value } };
  return { operation: 'Query', query: toWire(query), limit, scanIndexForward: ascending };
}

export function batchGetItems(table: string, keys: readonly TenantKey[]): DynamoDBBatchGetItemRequest {
  const wireKeys = keys.map((key) => util.dynamodb.toMapValues(key));
  return { operation: 'BatchGetItem', tables: { [table]: { keys: wireKeys, consistentRead: true } } };
}

type TransactItem = DynamoDBTransactWriteItemsRequest['transactItems'][number];

export function transactPut(table: string, key: TenantKey, item: Item, condition: Expression): TransactItem {
  return {
    table,
    operation: 'PutItem',
    key: util.dynamodb.toMapValues(key),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: toTransactWire(condition),
  };
}

export function transactUpdate(table: string, key: TenantKey, update: Expression, condition: Expression): TransactItem {
  return {
    table,
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues(key),
    update: toWire(update),
    condition: toTransactWire(condition),
  };
}

export function transactDelete(table: string, key: TenantKey, condition: Expression): TransactItem {
  return { table, operation: 'DeleteItem', key: util.dynamodb.toMapValues(key), condition: toTransactWire(condition) };
}

export function transactWrite(transactItems: TransactItem[]): DynamoDBTransactWriteItemsRequest {
  return { operation: 'TransactWriteItems', transactItems };
}

function toTransactWire(condition: Expression) {
  return { ...toWire(condition), returnValuesOnConditionCheckFailure: true };
}

function toWire({ expression, names, values }: Expression) {
  return {
    expression,
    ...(names ? { expressionNames: namePlaceholders(names) } : {}),
    ...(values ? { expressionValues: valuePlaceholders(values) } : {}),
  };
}

function namePlaceholders(names: Readonly<Record<string, string>>) {
  const expressionNames: Record<string, string> = {};
  for (const [name, attribute] of Object.entries(names)) expressionNames[`#${name}`] = attribute;
  return expressionNames;
}

function valuePlaceholders(values: Readonly<Record<string, unknown>>) {
  const expressionValues: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) expressionValues[`:${name}`] = util.dynamodb.toDynamoDB(value);
  return expressionValues;
}
