import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** Standard tenants have one shard. */
export const shardOf = (tenantId) => `${tenantId}#0`;

const toProduct = ({ productId, ...item }) => ({ ...item, id: productId });

export async function getProduct({ documents, tables }, { tenantId }, { id }) {
  const key = { shardId: shardOf(tenantId), productId: id };
  const { Item } = await documents.send(new GetCommand({ TableName: tables.products, Key: key, ConsistentRead: true }));
  return Item ? toProduct(Item) : null;
}

export async function listProducts({ documents, tables }, { tenantId }, { first }) {
  const page = await queryPage(documents, tables.products, { shardId: shardOf(tenantId) }, { first, forward: false });
  return toConnection(page.map(toProduct), first);
}

/** One item more than asked for tells whether there is a next page. */
export async function queryPage(documents, table, partition, { first, forward }) {
  const [[name, value]] = Object.entries(partition);
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#partition = :partition',
      ExpressionAttributeNames: { '#partition': name },
      ExpressionAttributeValues: { ':partition': value },
      Limit: first + 1,
      ScanIndexForward: forward,
    }),
  );
  return Items;
}

export function toConnection(found, first) {
  const edges = found.slice(0, first).map((node) => ({ cursor: node.id, node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export async function updateProduct({ documents, tables }, { tenantId }, { input }) {
  const { id, expectedVersion, price } = input;
  try {
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName: tables.products,
        Key: { shardId: shardOf(tenantId), productId: id },
        UpdateExpression: 'SET version = version + :one, updatedAt = :now, price = :price',
        ConditionExpression: 'attribute_exists(productId) AND version = :expected',
        ExpressionAttributeValues: {
          ':one': 1,
          ':now': new Date().toISOString(),
          ':price': price,
          ':expected': expectedVersion,
        },
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { product: toProduct(Attributes), userErrors: [] };
  } catch (error) {
    if (error.name !== 'ConditionalCheckFailedException') throw error;
    const product = await getProduct({ documents, tables }, { tenantId }, { id });
    const [code, field] = product ? ['VERSION_CONFLICT', 'expectedVersion'] : ['NOT_FOUND', 'id'];
    return { product, userErrors: [{ code, field, message: 'The product was changed since, or is gone.' }] };
  }
}
