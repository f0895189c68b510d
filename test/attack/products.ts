import { describe, expect, test } from 'vitest';
import { errorsOf } from '../support/mutate.ts';
import { leavesNoTrace, type Scene } from './scene.ts';

/** What people may send of products, by mistake or not. */
export function productAttacks(scene: () => Scene): void {
  describe('products', () => {
    test('with bad values are refused by field, and nothing is written', async () => {
      const product = await scene().alice.stock();
      const bad: [string, unknown][] = [
        ['sku', ''],
        ['sku', '   '],
        ['sku', 'x'.repeat(65)],
        ['sku', 'a\u0000b'],
        ['sku', 'a\nb'],
        ['sku', 'a\ud800b'],
        ['name', ''],
        ['name', 'x'.repeat(400_000)],
        ['name', 'a\u0007b'],
        ['name', '\udc00'],
        ['category', 'x'.repeat(101)],
        ['category', '\u0000'],
        ['category', 'a\ud800b'],
        ['price', -1],
        ['price', 1_000_000_001],
        ['stock', -1],
        ['stock', 1_000_000_001],
      ];
      await leavesNoTrace(scene(), async () => {
        for (const [field, value] of bad) {
          const created = await scene().alice.createProduct({
            sku: 'S',
            name: 'N',
            price: 1,
            stock: 1,
            [field]: value,
          });
          const updated = await scene().alice.updateProduct({ id: product.id, expectedVersion: 1, [field]: value });
          for (const payload of [created, updated]) {
            expect({ field, codes: errorsOf(payload), product: payload['product'] }).toEqual({
              field,
              codes: [`INVALID_INPUT ${field}`],
              product: null,
            });
            expect(payload.userErrors[0]?.message).toMatch(/expected/);
            expect(payload.userErrors[0]?.message.length).toBeLessThan(200);
          }
        }
        const all = await scene().alice.createProduct({ sku: '', name: '', price: -1, stock: -1 });
        expect(errorsOf(all)).toEqual([
          'INVALID_INPUT sku',
          'INVALID_INPUT name',
          'INVALID_INPUT price',
          'INVALID_INPUT stock',
        ]);
      });
    });

    test.each([2 ** 31, -(2 ** 31) - 1, 1.5, '5', true, [1, 2], {}])(
      'at a price of %j is no GraphQL Int',
      async (price) => {
        const answer = await scene().alice.ask(
          'mutation M($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }',
          { input: { sku: 'S', name: 'N', stock: 1, price } },
        );
        expect(answer).toMatchObject({ status: 200, data: null });
        expect(answer.errors[0]?.message).toMatch(/Int|price/);
      },
    );

    test('an update of nothing, and one from a stale version, change nothing', async () => {
      const product = await scene().alice.stock();
      await scene().alice.updateProduct({ id: product.id, expectedVersion: 1, price: 5 });
      await leavesNoTrace(scene(), async () => {
        const nothing = await scene().alice.updateProduct({ id: product.id, expectedVersion: 2 });
        expect(errorsOf(nothing)).toEqual(['INVALID_INPUT']);
        for (const expectedVersion of [1, 0, -1, 3, 2_147_483_647]) {
          const stale = await scene().alice.updateProduct({ id: product.id, expectedVersion, price: 6 });
          expect(errorsOf(stale)).toEqual(['VERSION_CONFLICT expectedVersion']);
          expect(stale['product']).toMatchObject({ version: 2, price: 5 });
          const deleted = await scene().alice.deleteProduct({ id: product.id, expectedVersion });
          expect(errorsOf(deleted)).toEqual(['VERSION_CONFLICT expectedVersion']);
        }
      });
    });

    test('keep quotes, markup and emoji as text, and as text only', async () => {
      const name = `"'\`; <img src=x onerror=alert(1)> {"S":"x"} #name :value 🚀 \u202e`;
      const { id } = await scene().alice.stock({ name, sku: '$ne', category: '__proto__' });
      expect(await scene().alice.product(id)).toMatchObject({ name, sku: '$ne', category: '__proto__' });
      const found = await scene().alice.ask(
        'query Q($f: ProductFilter) { products(filter: $f) { edges { node { id } } } }',
        {
          f: { nameContains: 'onerror=alert(1)>' },
        },
      );
      expect(found.data).toEqual({ products: { edges: [{ node: { id } }] } });
    });
  });
}
