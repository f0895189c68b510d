/**
 * The DynamoDB requests of the application plane. They take keys of `tenantKey.ts` only, and their types are branded where those keys are:
 * a step that reads or writes outside the caller's tenant does not compile, nor does one that answers a request with another key in it.
 * Names in expressions are written `#name`, values `:name`.
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

declare const own: unique symbol;

/** A part of a request that says which items are meant, as this file made it of keys of the caller's. */
interface Own {
  readonly [own]: true;
}

type OwnKey = DynamoDBGetItemRequest['key'] & Own;

export type OwnGet = DynamoDBGetItemRequest & { readonly key: OwnKey };
export type OwnPut = DynamoDBPutItemRequest & { readonly key: OwnKey };
export type OwnUpdate = DynamoDBUpdateItemRequest & { readonly key: OwnKey };
export type OwnDelete = DynamoDBDeleteItemRequest & { readonly key: OwnKey };
export type OwnQuery = DynamoDBQueryRequest & { readonly query: Own };
export type OwnBatchGet = DynamoDBBatchGetItemRequest & { readonly tables: Own };
export type OwnItem = DynamoDBTransactWriteItemsRequest['transactItems'][number] & { readonly key: OwnKey };
export type OwnTransaction = DynamoDBTransactWriteItemsRequest & { readonly transactItems: OwnItem[] };

/** What a step may answer that reads or writes tenants' data. */
export type OwnRequest = OwnGet | OwnPut | OwnUpdate | OwnDelete | OwnQuery | OwnBatchGet | OwnTransaction;

/** The attributes of an item, its key's not included. */
export type Item = Readonly<Record<string, unknown>>;

/** An expression, the attributes that it names and the plain values that it compares with or sets. */
export interface Expression {
  readonly expression: string;
  /** Attributes by placeholder, `{status: 'status'}` for `#status`; words that DynamoDB does not reserve need none. */
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export function getItem(key: TenantKey): OwnGet {
  return { operation: 'GetItem', key: ownKey(key), consistentRead: true };
}

export function putItem(key: TenantKey, item: Item, condition: Expression): OwnPut {
  return {
    operation: 'PutItem',
    key: ownKey(key),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: toWire(condition),
  };
}

export function updateItem(key: TenantKey, update: Expression, condition: Expression): OwnUpdate {
  return {
    operation: 'UpdateItem',
    key: ownKey(key),
    update: toWire(update),
    condition: toWire(condition),
  };
}

export function deleteItem(key: TenantKey, condition: Expression): OwnDelete {
  return { operation: 'DeleteItem', key: ownKey(key), condition: toWire(condition) };
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

export function queryPartition({ partition, sort, order, after, limit }: PartitionQuery): OwnQuery {
  const ascending = order === 'ascending';
  const within = '#partition = :partition';
  const query: Expression = after
    ? {
        expression: `${within} AND #sort ${ascending ? '>' : '<'} :after`,
        names: { partition: partition.name, sort },
        values: { partition: partition.value, after },
      }
    : { expression: within, names: { partition: partition.name }, values: { partition: partition.value } };
  return { operation: 'Query', query: markOwn(toWire(query)), limit, scanIndexForward: ascending };
}

export function batchGetItems(table: string, keys: readonly TenantKey[]): OwnBatchGet {
  const wireKeys = keys.map((key) => util.dynamodb.toMapValues(key));
  return { operation: 'BatchGetItem', tables: markOwn({ [table]: { keys: wireKeys, consistentRead: true } }) };
}

export function transactPut(table: string, key: TenantKey, item: Item, condition: Expression): OwnItem {
  return {
    table,
    operation: 'PutItem',
    key: ownKey(key),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: toTransactWire(condition),
  };
}

export function transactUpdate(table: string, key: TenantKey, update: Expression, condition: Expression): OwnItem {
  return {
    table,
    operation: 'UpdateItem',
    key: ownKey(key),
    update: toWire(update),
    condition: toTransactWire(condition),
  };
}

export function transactDelete(table: string, key: TenantKey, condition: Expression): OwnItem {
  return { table, operation: 'DeleteItem', key: ownKey(key), condition: toTransactWire(condition) };
}

export function transactWrite(transactItems: OwnItem[]): OwnTransaction {
  return { operation: 'TransactWriteItems', transactItems };
}

function ownKey(key: TenantKey): OwnKey {
  return markOwn(util.dynamodb.toMapValues(key));
}

function markOwn<Part>(part: Part): Part & Own {
  return part as Part & Own;
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
