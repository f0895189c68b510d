import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../service.ts';
import { authorizerArn } from '../testing/deploy.ts';
import { openShop, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.running.stop());

describe('who may have a field', () => {
  const unauthorized = (field: string, type = 'Query') => ({
    message: `Not Authorized to access ${field} on type ${type}`,
    errorType: 'Unauthorized',
    data: null,
  });

  it('is refused without a credential, with an unknown key and by the authorizer', async () => {
    expect((await shop.post({ query: '{ secret }' }, {})).status).toBe(401);
    expect((await shop.post({ query: '{ secret }' }, { 'x-api-key': 'da2-unknown' })).status).toBe(401);
    const refusals: Json[] = [
      { isAuthorized: false },
      {},
      null,
      { isAuthorized: 'true' },
      { isAuthorized: true, resolverContext: { a: {} } },
    ];
    for (const payload of refusals) {
      shop.services.onInvoke(authorizerArn, () => ({ failed: false, payload }));
      const { status, body } = await shop.post({ query: '{ secret }' }, shop.newToken());
      expect([status, body.errors?.[0]?.['errorType']]).toEqual([401, 'UnauthorizedException']);
    }
    shop.services.onInvoke(authorizerArn, () => ({ failed: true, payload: { errorMessage: 'boom' } }));
    expect((await shop.post({ query: '{ secret }' }, shop.newToken())).status).toBe(401);
  });

  it('is by the field’s own directives, and by those of the type it returns', async () => {
    const { body } = await shop.post({ query: '{ open { id } secret }' }, { 'x-api-key': shop.apiKey });
    expect(body.data).toEqual({ open: null, secret: null });
    expect(body.errors).toHaveLength(2);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining(unauthorized('secret')),
        expect.objectContaining(unauthorized('id', 'Product')),
      ]),
    );
    shop.allow();
    expect((await shop.post({ query: '{ open { id } }' })).body).toEqual({ data: { open: { id: 'open' } } });
    expect((await shop.post({ query: '{ system }' })).body.errors).toMatchObject([unauthorized('system')]);
  });

  it('is not what the authorizer denies: the resolver does not run', async () => {
    shop.allow({
      deniedFields: [
        'Mutation.createProduct',
        `arn:aws:appsync:us-east-1:000000000000:apis/${shop.apiId}/types/Product/fields/name`,
      ],
    });
    const headers = shop.newToken();
    const created = await shop.post(
      { query: 'mutation { createProduct(input: {id: "1", name: "n"}) { id } }' },
      headers,
    );
    expect(created.body).toMatchObject({
      data: { createProduct: null },
      errors: [unauthorized('createProduct', 'Mutation')],
    });
    const read = await shop.post({ query: '{ open { id name } }' }, headers);
    expect(read.body).toMatchObject({
      data: { open: { id: 'open', name: null } },
      errors: [unauthorized('name', 'Product')],
    });
  });

  it('remembers an answer by API and token as long as it says', async () => {
    const count = () => shop.services.invocations.filter(({ functionArn }) => functionArn === authorizerArn).length;
    shop.allow();
    const kept = shop.newToken();
    const before = count();
    await Promise.all([1, 2, 3].map(() => shop.post({ query: '{ greeting(name: "a") }' }, kept)));
    await shop.post({ query: '{ greeting(name: "a") }' }, kept);
    expect(count() - before).toBe(1);
    shop.allow({ ttlOverride: 0 });
    const each = shop.newToken();
    await shop.post({ query: '{ greeting(name: "a") }' }, each);
    await shop.post({ query: '{ greeting(name: "a") }' }, each);
    expect(count() - before).toBe(3);
  });
});
