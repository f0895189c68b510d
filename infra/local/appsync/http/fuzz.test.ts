import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  shop.allow();
});
afterAll(() => shop.running.stop());

const fragments = [
  '{',
  '}',
  '(',
  ')',
  'product',
  'id',
  ':',
  '$x',
  '"',
  'query',
  '...',
  'on',
  'Product',
  '@skip(if: true)',
  '__schema',
  '[',
  '!',
  '7',
];

it('answers whatever comes, and faults at nothing', async () => {
  const query = fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((parts) => parts.join(' '));
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ query, variables: fc.jsonValue(), operationName: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
    query.map((text) => JSON.stringify({ query: text })),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = await shop.post(text);
      expect([200, 400]).toContain(answer.status);
      expect(answer.body.errors ?? answer.body.data).toBeTruthy();
    }),
    { numRuns: 300 },
  );
  expect(shop.running.faults).toEqual([]);
});
