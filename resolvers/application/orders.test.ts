import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../testing/application-plane.ts';
import { errorsOf, type Shop, shopOf } from '../testing/shop.ts';

let plane: ApplicationPlane;
let shop: Shop;
let tenants = 0;

beforeAll(async () => {
  plane = await startApplicationPlane();
});
afterAll(() => plane.stop());
beforeEach(() => {
  tenants += 1;
  shop = shopOf(plane, callerOf(`shop-${tenants}`, { shardCount: '2' }));
});

const stockOf = async (id: string) => (await shop.product(id))?.stock;

describe('placing an order', () => {
  it('takes prices from the products and stock from the shelf', async () => {
    const lamp = await shop.stock({ price: 1000, stock: 10 });
    const desk = await shop.stock({ name: 'Desk', price: 5000, stock: 3 });
    const order = await shop.place([lamp.id, 2], [desk.id, 3]);
    expect(order).toMatchObject({ status: 'PLACED', total: 17_000, version: 1, createdBy: `user-of-shop-${tenants}` });
    expect(order.number).toMatch(/^SO-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(order.lines).toEqual([
      { productId: lamp.id, name: 'Lamp', quantity: 2, unitPrice: 1000 },
      { productId: desk.id, name: 'Desk', quantity: 3, unitPrice: 5000 },
    ]);
    expect(await shop.order(order.id)).toEqual(order);
    expect(await shop.product(lamp.id)).toMatchObject({ stock: 8, version: 2 });
    expect(await stockOf(desk.id)).toBe(0);
  });

  it('sells the last ones once, however many ask at the same moment', async () => {
    const lamp = await shop.stock({ stock: 5 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => shop.createOrder({ lines: [{ productId: lamp.id, quantity: 1 }] })),
    );
    const placed = answers.filter(({ order }) => order !== null).length;
    expect(placed).toBe(5 - ((await stockOf(lamp.id)) ?? 0));
    expect(placed).toBeLessThanOrEqual(5);
    const reasons = new Set(answers.flatMap(errorsOf));
    expect([...reasons].every((reason) => /^(OUT_OF_STOCK|PRODUCT_CHANGED) lines\.0\./.test(reason))).toBe(true);
  });

  it('says which line is out of stock, and takes nothing from the others', async () => {
    const lamp = await shop.stock({ stock: 10 });
    const desk = await shop.stock({ stock: 1 });
    const lines = [
      { productId: lamp.id, quantity: 1 },
      { productId: desk.id, quantity: 2 },
    ];
    expect(errorsOf(await shop.createOrder({ lines }))).toEqual(['OUT_OF_STOCK lines.1.quantity']);
    expect(await stockOf(lamp.id)).toBe(10);
  });

  it('answers a product that is gone, was never there or cannot be an id alike', async () => {
    const gone = await shop.stock();
    await shop.deleteProduct({ id: gone.id });
    const lines = [gone.id, 'never', 'no id!'].map((productId) => ({ productId, quantity: 1 }));
    const [first, second] = [await shop.createOrder({ lines: lines.slice(0, 2) }), await shop.createOrder({ lines })];
    expect(errorsOf(first)).toEqual(['PRODUCT_GONE lines.0.productId', 'PRODUCT_GONE lines.1.productId']);
    expect(errorsOf(second)).toEqual(['PRODUCT_GONE lines.2.productId']);
  });

  it.each([
    ['no lines', [], 'INVALID_INPUT lines'],
    ['1,001 lines', Array.from({ length: 1001 }, () => ['p', 1] as const), 'TOO_MANY_LINES lines'],
    [
      'a product twice',
      [
        ['p', 1],
        ['p', 1],
      ] as const,
      'INVALID_INPUT lines.1.productId',
    ],
    ['none of a product', [['p', 0]] as const, 'INVALID_INPUT lines.0.quantity'],
    ['less than none', [['p', -1]] as const, 'INVALID_INPUT lines.0.quantity'],
    ['10,001 of one', [['p', 10_001]] as const, 'INVALID_INPUT lines.0.quantity'],
  ])('refuses %s', async (_, lines, error) => {
    const input = { lines: lines.map(([productId, quantity]) => ({ productId, quantity })) };
    expect(errorsOf(await shop.createOrder(input))).toEqual([error]);
  });

  it('takes 50 lines', async () => {
    const products = await Promise.all(Array.from({ length: 50 }, () => shop.stock({ price: 1 })));
    const order = await shop.place(...products.map(({ id }) => [id, 1] as const));
    expect(order.total).toBe(50);
  });

  it('refuses a total that GraphQL’s Int cannot hold', async () => {
    const gold = await shop.stock({ price: 1_000_000_000, stock: 10 });
    expect(errorsOf(await shop.createOrder({ lines: [{ productId: gold.id, quantity: 3 }] }))).toEqual([
      'INVALID_INPUT lines',
    ]);
    expect(await stockOf(gold.id)).toBe(10);
  });
});

describe('an order’s way', () => {
  it('goes from placed to delivered, one step at a time', async () => {
    const lamp = await shop.stock();
    const { id } = await shop.place([lamp.id, 1]);
    expect(errorsOf(await shop.updateOrder({ id, status: 'SHIPPED' }))).toEqual(['INVALID_STATE status']);
    for (const status of ['PAID', 'SHIPPED', 'DELIVERED']) {
      expect((await shop.updateOrder({ id, status })).order?.status).toBe(status);
    }
    for (const status of ['PLACED', 'PAID', 'CANCELLED', 'DELIVERED']) {
      expect(errorsOf(await shop.updateOrder({ id, status }))).toEqual(['INVALID_STATE status']);
    }
  });

  it('answers a change from an old version with the order as it is', async () => {
    const lamp = await shop.stock();
    const { id } = await shop.place([lamp.id, 1]);
    const late = await shop.updateOrder({ id, status: 'PAID', expectedVersion: 7 });
    expect(errorsOf(late)).toEqual(['VERSION_CONFLICT expectedVersion']);
    expect(late.order).toMatchObject({ status: 'PLACED', version: 1 });
  });

  it('gives stock back when it is cancelled, once', async () => {
    const lamp = await shop.stock({ stock: 10 });
    const { id } = await shop.place([lamp.id, 4]);
    const answers = await Promise.all([shop.cancelOrder({ id }), shop.cancelOrder({ id })]);
    expect(answers.filter(({ order }) => order?.status === 'CANCELLED')).toHaveLength(1);
    expect(await stockOf(lamp.id)).toBe(10);
    expect(errorsOf(await shop.cancelOrder({ id }))).toEqual(['INVALID_STATE id']);
  });

  it('is cancelled though a product is gone', async () => {
    const lamp = await shop.stock({ stock: 10 });
    const desk = await shop.stock({ stock: 10 });
    const { id } = await shop.place([lamp.id, 4], [desk.id, 1]);
    await shop.deleteProduct({ id: desk.id });
    expect((await shop.cancelOrder({ id })).order?.status).toBe('CANCELLED');
    expect(await stockOf(lamp.id)).toBe(10);
    expect(await shop.product(desk.id)).toBeNull();
  });

  it('cannot be cancelled once shipped', async () => {
    const lamp = await shop.stock({ stock: 10 });
    const { id } = await shop.place([lamp.id, 4]);
    await shop.updateOrder({ id, status: 'PAID' });
    await shop.updateOrder({ id, status: 'SHIPPED' });
    expect(errorsOf(await shop.cancelOrder({ id }))).toEqual(['INVALID_STATE id']);
    const { order } = await shop.deleteOrder({ id });
    expect(order?.status).toBe('SHIPPED');
    expect(await stockOf(lamp.id)).toBe(6);
    expect(await shop.order(id)).toBeNull();
  });

  it('gives stock back when it is deleted before it ships', async () => {
    const lamp = await shop.stock({ stock: 10 });
    const { id } = await shop.place([lamp.id, 4]);
    await shop.deleteOrder({ id });
    expect(await stockOf(lamp.id)).toBe(10);
    expect(errorsOf(await shop.deleteOrder({ id }))).toEqual(['NOT_FOUND id']);
  });

  it.each(['updateOrder', 'cancelOrder', 'deleteOrder'] as const)(
    '%s answers NOT_FOUND for unknown ids',
    async (field) => {
      for (const id of ['01HZZZZZZZZZZZZZZZZZZZZZZZ', '', 'no id!']) {
        expect(errorsOf(await shop[field]({ id, status: 'PAID' }))).toEqual(['NOT_FOUND id']);
      }
    },
  );
});

it('lists orders, filtered by status and by who placed them', async () => {
  const lamp = await shop.stock();
  const one = await shop.place([lamp.id, 1]);
  const two = await shop.place([lamp.id, 1]);
  await shop.cancelOrder({ id: one.id });
  const placed = await shop.orders({ filter: { status: 'PLACED' } });
  expect(placed.edges.map(({ node }) => node.id)).toEqual([two.id]);
  const mine = await shop.orders({ filter: { createdBy: `user-of-shop-${tenants}` } });
  expect(mine.edges).toHaveLength(2);
  expect((await shop.orders({ filter: { createdBy: 'someone' } })).edges).toEqual([]);
});

it('lists the orders of the last days from every shard, and reads no older ones', async () => {
  const lamp = await shop.stock({ stock: 50 });
  const day = 86_400_000;
  const now = Date.now();
  const placed: { id: string; age: number }[] = [];
  for (let age = 30; age >= 0; age -= 1) {
    plane.setTime(now - age * day);
    placed.push({ id: (await shop.place([lamp.id, 1])).id, age });
  }
  plane.setTime(now);
  const recent = placed.filter(({ age }) => age <= 6).map(({ id }) => id);
  const placedSince = new Date(now - 6 * day).toISOString();
  const { edges, pageInfo } = await shop.orders({ filter: { placedSince }, first: 100 });
  expect(edges.map(({ node }) => node.id).sort()).toEqual(recent.sort());
  expect(pageInfo.hasNextPage).toBe(false);
  const cancelled = recent[0] ?? '';
  await shop.cancelOrder({ id: cancelled });
  const left = await shop.orders({ filter: { placedSince, status: 'CANCELLED' } });
  expect(left.edges.map(({ node }) => node.id)).toEqual([cancelled]);

  // In another time zone, and page by page.
  const elsewhere = placedSince.replace('Z', '+00:00');
  const found: string[] = [];
  let pages = 0;
  for (let after: string | null | undefined; after !== null; ) {
    const page = await shop.orders({ filter: { placedSince: elsewhere }, first: 2, ...(after && { after }) });
    pages += 1;
    found.push(...page.edges.map(({ node }) => node.id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  }
  expect(found.sort()).toEqual(recent.sort());
  // Four, and where a shard ends: 24 older orders would be eight more.
  expect(pages).toBeLessThanOrEqual(6);
});
