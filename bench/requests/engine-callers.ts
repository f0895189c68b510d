import { dayCount, monthCount, writeCount } from '../../schema/gate.ts';
import type { Caller, Expectation, Step } from '../load/job.ts';
import { shardOf, type Shop, type Tables } from '../shops/shop.ts';
import type { OperationName } from './operations.ts';

/** The engine asks for the form of a signature and checks no more of it. */
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20120810T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20120810/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

/**
 * What the application plane asks the engine for each operation, and nothing more: the gate's write and the reads and writes of the
 * field. Sent straight to the engine they are the limit of what any server before it can reach.
 */
export function engineCallers(tables: Tables, shops: readonly Shop[], operation: OperationName): Caller[] {
  return shops.map((shop) => ({
    credentials: [{}],
    journeys: journeysOf(tables, shop, operation).map((steps) => ({ steps })),
  }));
}

function journeysOf(tables: Tables, shop: Shop, operation: OperationName): Step[][] {
  const gate = gateStep(tables, shop);
  switch (operation) {
    case 'getProduct':
      return shop.products.map(({ id }) => [gate, getProduct(tables, shop, id)]);
    case 'productsPage':
      return [[gate, query(tables.products, 'shardId', shardOf(shop.tenantId), { limit: 21, forward: false })]];
    case 'dashboard':
      return [
        [
          ...Array.from({ length: 5 }, () => gate),
          call(
            'GetItem',
            {
              TableName: tables.users,
              Key: { tenantId: { S: shop.tenantId }, userId: { S: shop.admin.id } },
              ConsistentRead: true,
            },
            { containing: [shop.admin.name] },
          ),
          call(
            'GetItem',
            { TableName: tables.tenants, Key: { tenantId: { S: shop.tenantId } }, ConsistentRead: true },
            {
              containing: [shop.name],
            },
          ),
          query(tables.products, 'shardId', shardOf(shop.tenantId), { limit: 6, forward: false }),
          query(tables.orders, 'shardId', shardOf(shop.tenantId), { limit: 6, forward: false }),
          query(tables.users, 'tenantId', shop.tenantId, { limit: 6, forward: true }),
        ],
      ];
    case 'createOrder':
      return shop.products.map((product) => [
        gateStep(tables, shop, true),
        call(
          'BatchGetItem',
          { RequestItems: { [tables.products]: { Keys: [productKey(shop, product.id)], ConsistentRead: true } } },
          { containing: [product.id] },
        ),
        placeOrder(tables, shop, product),
      ]);
  }
}

function call(operation: string, input: object, expected: Expectation): Step {
  return {
    headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(input),
    expected,
  };
}

/** The idle path of resolvers/lib/gate, on an item that is never busy. */
function gateStep({ gates }: Tables, { tenantId, admin }: Shop, isWrite = false): Step {
  const day = new Date().toISOString().slice(0, 10);
  return call(
    'UpdateItem',
    {
      TableName: gates,
      Key: { tenantId: { S: rawGate(tenantId) } },
      ReturnValues: 'ALL_NEW',
      UpdateExpression: `SET freeAt = :now + requestInterval, allowAt = :now - idleOffset ADD #day :one, #month :one${
        isWrite ? ', #class :one' : ''
      }`,
      ConditionExpression: `#status = :active AND #stack = :stack AND NOT contains(blockedUsers, :user) AND freeAt <= :now
        ${isWrite ? 'AND attribute_not_exists(writesHeldSince)' : ''}
        AND (attribute_not_exists(#day) OR #day < requestsPerDay)
        AND (attribute_not_exists(#month) OR #month < requestsPerMonth)`,
      ExpressionAttributeNames: {
        '#day': dayCount(day),
        '#month': monthCount(day.slice(0, 7)),
        '#status': 'status',
        '#stack': 'stack',
        ...(isWrite && { '#class': writeCount(day) }),
      },
      ExpressionAttributeValues: {
        ':now': { N: '{{now}}' },
        ':one': { N: '1' },
        ':active': { S: 'ACTIVE' },
        ':stack': { S: 'pooled' },
        ':user': { S: admin.id },
      },
    },
    { containing: ['"Attributes"'] },
  );
}

/** The gate item that the raw requests of a tenant write to. */
export const rawGate = (tenantId: string): string => `${tenantId}-raw`;

const productKey = ({ tenantId }: Shop, productId: string) => ({
  shardId: { S: shardOf(tenantId) },
  productId: { S: productId },
});

function getProduct({ products }: Tables, shop: Shop, id: string): Step {
  return call(
    'GetItem',
    { TableName: products, Key: productKey(shop, id), ConsistentRead: true },
    { containing: [`"productId":{"S":"${id}"}`] },
  );
}

function query(table: string, partition: string, value: string, page: { limit: number; forward: boolean }): Step {
  return call(
    'Query',
    {
      TableName: table,
      ConsistentRead: false,
      Limit: page.limit,
      ScanIndexForward: page.forward,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': partition },
      ExpressionAttributeValues: { ':partition': { S: value } },
    },
    { containing: [`"${partition}":{"S":"${value}"}`] },
  );
}

function placeOrder({ products, orders }: Tables, shop: Shop, product: Shop['products'][number]): Step {
  const now = new Date().toISOString();
  const text = (value: string) => ({ S: value });
  const number = (value: number) => ({ N: String(value) });
  const line = {
    productId: text(product.id),
    name: text(product.name),
    quantity: number(1),
    unitPrice: number(product.price),
  };
  return call(
    'TransactWriteItems',
    {
      TransactItems: [
        {
          Put: {
            TableName: orders,
            Item: {
              shardId: text(shardOf(shop.tenantId)),
              orderId: text('{{id}}'),
              tenantId: text(shop.tenantId),
              number: text('SO-0000-0000'),
              status: text('PLACED'),
              lines: { L: [{ M: line }] },
              total: number(product.price),
              createdAt: text(now),
              createdBy: text(shop.admin.id),
              updatedAt: text(now),
              version: number(1),
            },
            ConditionExpression: 'attribute_not_exists(orderId)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        {
          Update: {
            TableName: products,
            Key: productKey(shop, product.id),
            UpdateExpression: 'SET stock = stock - :quantity, version = version + :one, updatedAt = :now',
            ConditionExpression: 'price = :price AND stock >= :quantity',
            ExpressionAttributeValues: {
              ':quantity': number(1),
              ':one': number(1),
              ':now': text(now),
              ':price': number(product.price),
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    },
    {},
  );
}
