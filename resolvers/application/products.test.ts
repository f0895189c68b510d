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
  shop = shopOf(plane, callerOf(`shop-${tenants}`));
});

describe('one product', () => {
  it('is created, read, changed and deleted', async () => {
    const lamp = await shop.stock({ name: '  Lamp ', category: 'Light' });
    expect(lamp).toMatchObject({ name: 'Lamp', category: 'Light', version: 1 });
    expect(await shop.product(lamp.id)).toEqual(lamp);
    const changed = await shop.updateProduct({ id: lamp.id, expectedVersion: 1, price: 1200 });
    expect(changed.product).toMatchObject({ price: 1200, stock: 10, category: 'Light', version: 2 });
    const removed = await shop.deleteProduct({ id: lamp.id, expectedVersion: 2 });
    expect(removed.product).toMatchObject({ id: lamp.id, price: 1200 });
    expect(await shop.product(lamp.id)).toBeNull();
  });

  it('loses its category by null and keeps it where it is not named', async () => {
    const lamp = await shop.stock({ category: 'Light' });
    const kept = await shop.updateProduct({ id: lamp.id, expectedVersion: 1, stock: 1 });
    expect(kept.product?.category).toBe('Light');
    const bare = await shop.updateProduct({ id: lamp.id, expectedVersion: 2, category: null });
    expect(bare.product?.category).toBeNull();
  });

  it('answers a change from an old version with the product as it is', async () => {
    const lamp = await shop.stock();
    await shop.updateProduct({ id: lamp.id, expectedVersion: 1, name: 'Torch' });
    const late = await shop.updateProduct({ id: lamp.id, expectedVersion: 1, name: 'Candle' });
    expect(errorsOf(late)).toEqual(['VERSION_CONFLICT expectedVersion']);
    expect(late.product).toMatchObject({ name: 'Torch', version: 2 });
    expect(errorsOf(await shop.deleteProduct({ id: lamp.id, expectedVersion: 1 }))).toEqual([
      'VERSION_CONFLICT expectedVersion',
    ]);
  });

  it.each(['01HZZZZZZZZZZZZZZZZZZZZZZZ', '', 'x'.repeat(5000), 'shop-1#0', '\u0000'])(
    'answers %j like any unknown id',
    async (id) => {
      expect(await shop.product(id)).toBeNull();
      expect(errorsOf(await shop.updateProduct({ id, expectedVersion: 1, price: 1 }))).toEqual(['NOT_FOUND id']);
      expect(errorsOf(await shop.deleteProduct({ id }))).toEqual(['NOT_FOUND id']);
    },
  );

  it('names every field that is at fault', async () => {
    const input = { sku: ' ', name: 'x'.repeat(201), category: 'c'.repeat(101), price: -1, stock: 1e9 + 1 };
    expect(errorsOf(await shop.createProduct(input))).toEqual(
      ['sku', 'name', 'category', 'price', 'stock'].map((field) => `INVALID_INPUT ${field}`),
    );
  });

  it.each(['a\u0000b', 'a\u0085b', 'a\u2028b', 'a\ud800b', '\udc00'])(
    'takes no text that not every store keeps: %j',
    async (text) => {
      const created = await shop.createProduct({ sku: text, name: text, category: text, price: 0, stock: 0 });
      expect(errorsOf(created)).toEqual(['sku', 'name', 'category'].map((field) => `INVALID_INPUT ${field}`));
    },
  );

  it('takes all other text as it is', async () => {
    const name = '“🚀 \u202e é e\u0301 漢';
    expect(await shop.stock({ name })).toMatchObject({ name });
  });

  it('wants something to change', async () => {
    const lamp = await shop.stock();
    expect(errorsOf(await shop.updateProduct({ id: lamp.id, expectedVersion: 1 }))).toEqual(['INVALID_INPUT']);
  });
});

describe('the list', () => {
  const names = (page: Awaited<ReturnType<Shop['products']>>) => page.edges.map(({ node }) => node.name);

  async function fill(count: number, fields: (index: number) => Record<string, string>): Promise<void> {
    const now = Date.now();
    for (let index = 0; index < count; index += 1) {
      plane.setTime(now + index);
      await shop.stock(fields(index));
    }
  }

  it('comes newest first, page by page, to its end', async () => {
    await fill(5, (index) => ({ name: `P${index}` }));
    const one = await shop.products({ first: 2 });
    expect(names(one)).toEqual(['P4', 'P3']);
    expect(one.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const two = await shop.products({ first: 2, after: one.pageInfo.endCursor });
    expect(names(two)).toEqual(['P2', 'P1']);
    const three = await shop.products({ first: 2, after: two.pageInfo.endCursor });
    expect(names(three)).toEqual(['P0']);
    expect(three.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('goes on behind any edge’s cursor', async () => {
    await fill(3, (index) => ({ name: `P${index}` }));
    const all = await shop.products();
    expect(names(await shop.products({ after: all.edges[0]?.cursor ?? '' }))).toEqual(['P1', 'P0']);
  });

  it('is empty without products', async () => {
    const page = await shop.products();
    expect(page.edges).toEqual([]);
    expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  it('walks the shards, so that every product comes once', async () => {
    shop = shopOf(plane, callerOf(`sharded-${tenants}`, { shardCount: '2' }));
    await fill(12, (index) => ({ name: `P${index}` }));
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 12; pages += 1) {
      const page: Awaited<ReturnType<Shop['products']>> = await shop.products({ first: 5, after });
      seen.push(...names(page));
      if (!page.pageInfo.hasNextPage) break;
      expect(page.edges).toHaveLength(5);
      after = page.pageInfo.endCursor;
    }
    expect(seen.sort()).toEqual(Array.from({ length: 12 }, (_, index) => `P${index}`).sort());
  });

  it('fills a filtered page past what does not match', async () => {
    await fill(30, (index) => ({ name: `P${index}`, category: index % 10 === 0 ? 'Rare' : 'Common' }));
    const one = await shop.products({ first: 2, filter: { category: 'Rare' } });
    expect(names(one)).toEqual(['P20', 'P10']);
    expect(one.pageInfo.hasNextPage).toBe(true);
    const two = await shop.products({ first: 2, filter: { category: 'Rare' }, after: one.pageInfo.endCursor });
    expect(names(two)).toEqual(['P0']);
    expect(two.pageInfo.hasNextPage).toBe(false);
  });

  it.each(['漢', '"', '\u0001', '\ud800'])(
    'goes on behind cursors of the longest filters: 200 times %j',
    async (part) => {
      // Two of four shards are read for a page: there is more to read, whatever they hold.
      shop = shopOf(plane, callerOf(`filtered-${tenants}`, { shardCount: '4' }));
      const text = part.repeat(200);
      const filter = { category: text, sku: text, nameContains: text };
      const one = await shop.products({ filter });
      expect(one.pageInfo).toMatchObject({ hasNextPage: true, endCursor: expect.any(String) as string });
      const two = await shop.products({ filter, after: one.pageInfo.endCursor });
      expect(two).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    },
  );

  it('finds by sku and by part of the name, in either case', async () => {
    await shop.stock({ name: 'Desk Lamp', sku: 'L-1' });
    await shop.stock({ name: 'Chair', sku: 'C-1' });
    expect(names(await shop.products({ filter: { nameContains: 'lamp' } }))).toEqual(['Desk Lamp']);
    expect(names(await shop.products({ filter: { sku: 'C-1' } }))).toEqual(['Chair']);
    expect(names(await shop.products({ filter: { sku: 'C-1', nameContains: 'lamp' } }))).toEqual([]);
  });

  it.each([0, -1])('refuses first: %d', async (first) => {
    await expect(shop.products({ first })).rejects.toMatchObject({ errorType: 'BadRequest' });
  });

  it('gives at most 100', async () => {
    await fill(101, (index) => ({ name: `P${index}` }));
    const page = await shop.products({ first: 1000 });
    expect(page.edges).toHaveLength(100);
    expect(page.pageInfo.hasNextPage).toBe(true);
  });

  it.each(['', ' ', 'x', 'e30=', 'null', 'bnVsbA==', '%%%', 'W10=', '🎈', 'x'.repeat(10_000)])(
    'refuses the cursor %j',
    async (after) => {
      const asked = shop.products({ after });
      // An empty cursor is none, as an absent one is.
      if (after === '') expect((await asked).edges).toEqual([]);
      else await expect(asked).rejects.toMatchObject({ errorType: 'BadRequest' });
    },
  );

  it('refuses the cursor of another query, and of another tenant', async () => {
    await fill(2, () => ({ category: 'A' }));
    const { pageInfo } = await shop.products({ first: 1, filter: { category: 'A' } });
    const after = pageInfo.endCursor;
    await expect(shop.products({ after })).rejects.toMatchObject({ errorType: 'BadRequest' });
    await expect(shop.orders({ after })).rejects.toMatchObject({ errorType: 'BadRequest' });
    const other = shopOf(plane, callerOf('someone-else'));
    await expect(other.products({ after, filter: { category: 'A' } })).rejects.toMatchObject({
      errorType: 'BadRequest',
    });
  });
});
