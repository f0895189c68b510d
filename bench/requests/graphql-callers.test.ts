import { expect, it } from 'vitest';
import type { Shop } from '../shops/shop.ts';
import { freshTokens, sameToken } from './graphql-callers.ts';

const shop: Shop = {
  ...{ tenantId: 't', name: 'T', tier: 'STANDARD', admin: { id: 'a', name: 'A', role: 'TENANT_ADMIN' } },
  ...{ tokens: ['one', 'two'], products: [], orders: [] },
};

it('a token is spelt in 64 ways, each of which an authorizer is asked for anew', () => {
  const headers = freshTokens(shop).map(({ authorization }) => authorization);
  expect(new Set(headers).size).toBe(128);
  expect(headers.every((header) => /^bearer (one|two)$/i.test(header ?? ''))).toBe(true);
  expect(sameToken(shop)).toEqual([{ authorization: 'one' }]);
});
