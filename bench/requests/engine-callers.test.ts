import { describe, expect, it } from 'vitest';
import { readMeters } from '../cost/meters.ts';
import type { Shop, Tables } from '../shops/shop.ts';
import { productsOf } from '../shops/stock-shop.ts';
import { engineCallers } from './engine-callers.ts';
import { operations } from './operations.ts';

const tables: Tables = {
  tiers: 'Tiers',
  gates: 'Gates',
  tenants: 'Tenants',
  users: 'Users',
  products: 'Products',
  orders: 'Orders',
};
const shop: Shop = {
  ...{ tenantId: 't', name: 'T', tier: 'STANDARD', admin: { id: 'a', name: 'A', role: 'TENANT_ADMIN' } },
  ...{ tokens: [], products: productsOf(3), orders: [] },
};
/** `UpdateItem Gates` */
const callsOf = (name: (typeof operations)[number]['name']): string[][] =>
  engineCallers(tables, [shop], name).flatMap(({ journeys }) =>
    journeys.map(({ steps }) =>
      steps.map(({ headers, body }) => {
        const table = /"(?:TableName|RequestItems)":(?:\{)?"(\w+)"/.exec(body)?.[1] ?? '';
        return `${headers['x-amz-target']?.replace('DynamoDB_20120810.', '') ?? ''} ${table}`;
      }),
    ),
  );

describe('the engine alone', () => {
  it('is asked for each product what the whole system asks', () => {
    expect(callsOf('getProduct')).toEqual(shop.products.map(() => ['UpdateItem Gates', 'GetItem Products']));
    // As the whole system was metered.
    expect(readMeters().operations['product']).toMatchObject({
      gate: { reads: 0, writes: 1 },
      data: { reads: 1, writes: 0 },
    });
  });

  it('is asked for one gate a root field', () => {
    const gates = operations.map(({ name }) => {
      const [calls = []] = callsOf(name);
      return [name, calls.filter((call) => call === 'UpdateItem Gates').length, calls.length];
    });
    expect(gates).toEqual([
      ['getProduct', 1, 2],
      ['productsPage', 1, 2],
      ['dashboard', 5, 10],
      ['createOrder', 1, 3],
    ]);
  });
});
