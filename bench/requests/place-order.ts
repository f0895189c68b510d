import type { Step } from '../load/job.ts';
import { shardOf, type Shop, type Tables } from '../shops/shop.ts';
import { call, productKey } from './engine-steps.ts';

/** The transaction of resolvers/application/Mutation.createOrder.write. */
export function placeOrder({ products, orders }: Tables, shop: Shop, product: Shop['products'][number]): Step {
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
