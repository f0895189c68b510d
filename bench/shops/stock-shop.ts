import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import type { Order, Product } from '../../generated/application.ts';
import { shardOf, type Tables } from './shop.ts';

const createdAt = '2026-01-01T00:00:00.000Z';
/** What a ULID's time is taken from: each one's is a millisecond before the one's before. */
const newest = Date.parse(createdAt);
/** BatchWriteItem takes so many. */
const batch = 25;
/** Never sold out, however long a run. */
const stock = 1_000_000_000;

export function productsOf(count: number): Product[] {
  return Array.from({ length: count }, (_, index) => ({
    id: ulid(newest - index),
    sku: `SKU-${index}`,
    name: `Two-person tent, model ${index}`,
    category: index % 2 === 0 ? 'Camping' : 'Climbing',
    price: 1000 + index,
    stock,
    version: 1,
    createdAt,
    updatedAt: createdAt,
  }));
}

export function ordersOf(products: readonly Product[], count: number, createdBy: string): Order[] {
  return Array.from({ length: count }, (_, index) => {
    const id = ulid(newest - index);
    const lines = products.slice(0, 1).map((product) => ({
      productId: product.id,
      name: product.name,
      quantity: 1,
      unitPrice: product.price,
    }));
    const total = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
    const number = `SO-${id.slice(18, 22)}-${id.slice(22)}`;
    return { id, number, status: 'PLACED', lines, total, createdBy, createdAt, updatedAt: createdAt, version: 1 };
  });
}

export interface Stock {
  readonly tenantId: string;
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
}

/** The rows as the resolvers write them. */
export async function stockShop(
  client: DynamoDBDocumentClient,
  tables: Pick<Tables, 'products' | 'orders'>,
  { tenantId, products, orders }: Stock,
): Promise<void> {
  const shardId = shardOf(tenantId);
  const puts = [
    ...products.map(({ id, ...rest }) => ({
      table: tables.products,
      Item: { shardId, productId: id, tenantId, ...rest },
    })),
    ...orders.map(({ id, ...rest }) => ({ table: tables.orders, Item: { shardId, orderId: id, tenantId, ...rest } })),
  ];
  for (let from = 0; from < puts.length; from += batch) {
    const some = puts.slice(from, from + batch);
    const RequestItems: Record<string, { PutRequest: { Item: object } }[]> = {};
    for (const { table, Item } of some) (RequestItems[table] ??= []).push({ PutRequest: { Item } });
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('The engine left items of a batch unwritten');
  }
}
