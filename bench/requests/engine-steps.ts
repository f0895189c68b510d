import { dayCount, monthCount, writeCount } from '../../schema/gate.ts';
import type { Expectation, Step } from '../load/job.ts';
import { shardOf, type Shop, type Tables } from '../shops/shop.ts';

/** The engine asks for the form of a signature and checks no more of it. */
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20120810T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20120810/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

export function call(operation: string, input: object, expected: Expectation): Step {
  return {
    headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(input),
    expected,
  };
}

/** The idle path of resolvers/lib/gate, on an item that is never busy. */
export function gateStep({ gates }: Tables, { tenantId, admin }: Shop, isWrite = false): Step {
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

export const productKey = ({ tenantId }: Shop, productId: string) => ({
  shardId: { S: shardOf(tenantId) },
  productId: { S: productId },
});

export function getProduct({ products }: Tables, shop: Shop, id: string): Step {
  return call(
    'GetItem',
    { TableName: products, Key: productKey(shop, id), ConsistentRead: true },
    { containing: [`"productId":{"S":"${id}"}`] },
  );
}

export function query(
  table: string,
  partition: string,
  value: string,
  page: { limit: number; forward: boolean },
): Step {
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
