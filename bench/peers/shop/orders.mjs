import { BatchGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { queryPage, shardOf, toConnection } from './products.mjs';

const toOrder = ({ orderId, ...item }) => ({ ...item, id: orderId });

export async function listOrders({ documents, tables }, { tenantId }, { first }) {
  const page = await queryPage(documents, tables.orders, { shardId: shardOf(tenantId) }, { first, forward: false });
  return toConnection(page.map(toOrder), first);
}

const refuse = (code, index, message) => ({
  order: null,
  userErrors: [{ code, field: `lines.${index}.productId`, message }],
});

/** As ours does it: prices come from the products, stock and order change in one transaction. */
export async function createOrder(shop, { tenantId, userId }, { input: { lines: wanted } }) {
  const { documents, tables } = shop;
  const shardId = shardOf(tenantId);
  const Keys = wanted.map(({ productId }) => ({ shardId, productId }));
  const { Responses } = await documents.send(
    new BatchGetCommand({ RequestItems: { [tables.products]: { Keys, ConsistentRead: true } } }),
  );
  const products = new Map(Responses[tables.products].map((product) => [product.productId, product]));
  const gone = wanted.findIndex(({ productId }) => !products.has(productId));
  if (gone >= 0) return refuse('PRODUCT_GONE', gone, 'There is no such product.');
  const short = wanted.findIndex(({ productId, quantity }) => products.get(productId).stock < quantity);
  if (short >= 0) return refuse('OUT_OF_STOCK', short, 'There are not as many left.');

  const lines = wanted.map(({ productId, quantity }) => {
    const { name, price } = products.get(productId);
    return { productId, name, quantity, unitPrice: price };
  });
  const orderId = ulid();
  const now = new Date().toISOString();
  const order = {
    tenantId,
    number: `SO-${orderId.slice(18, 22)}-${orderId.slice(22)}`,
    status: 'PLACED',
    lines,
    total: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    createdAt: now,
    createdBy: userId,
    updatedAt: now,
    version: 1,
  };
  try {
    await documents.send(new TransactWriteCommand({ TransactItems: writes(tables, shardId, orderId, order) }));
    return { order: { ...order, id: orderId }, userErrors: [] };
  } catch (error) {
    const reasons = error.name === 'TransactionCanceledException' ? error.CancellationReasons : [];
    const changed = reasons.slice(1).findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
    if (changed < 0) throw error;
    return refuse('PRODUCT_CHANGED', changed, 'The product was changed or sold meanwhile.');
  }
}

function writes(tables, shardId, orderId, order) {
  const put = {
    TableName: tables.orders,
    Item: { shardId, orderId, ...order },
    ConditionExpression: 'attribute_not_exists(orderId)',
  };
  const sales = order.lines.map(({ productId, quantity, unitPrice }) => ({
    Update: {
      TableName: tables.products,
      Key: { shardId, productId },
      UpdateExpression: 'SET stock = stock - :quantity, version = version + :one, updatedAt = :now',
      ConditionExpression: 'price = :price AND stock >= :quantity',
      ExpressionAttributeValues: { ':quantity': quantity, ':one': 1, ':now': order.createdAt, ':price': unitPrice },
    },
  }));
  return [{ Put: put }, ...sales];
}
