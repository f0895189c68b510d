import type { Caller, Step } from '../load/job.ts';
import { shardOf, type Shop, type Tables } from '../shops/shop.ts';
import { call, gateStep, getProduct, productKey, query } from './engine-steps.ts';
import type { OperationName } from './operations.ts';
import { placeOrder } from './place-order.ts';

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
