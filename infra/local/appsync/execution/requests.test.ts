import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../service.ts';
import { lambdaArn, openShop, role, type Shop } from '../testing/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.running.stop());

describe('a query', () => {
  it('runs a unit resolver with arguments, identity and environment', async () => {
    shop.allow();
    const { status, headers, body } = await shop.post({ query: '{ greeting(name: "Ann") }' });
    expect([status, body]).toEqual([200, { data: { greeting: 'hello Ann in test t1' } }]);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('x-amzn-requestid')).toBeTruthy();
  });

  it('is answered in one piece, with its length in bytes', async () => {
    shop.allow();
    const { headers, body } = await shop.post({ query: '{ greeting(name: "Ünne 👋") }' });
    expect(headers.get('transfer-encoding')).toBeNull();
    expect(headers.get('content-length')).toBe(String(Buffer.byteLength(JSON.stringify(body))));
  });

  it('tells the authorizer what AppSync tells it', async () => {
    shop.allow();
    const before = shop.services.invocations.length;
    await shop.post(
      { query: 'query Q($n: String!) { greeting(name: $n) }', variables: { n: 'x' }, operationName: 'Q' },
      shop.newToken(),
    );
    const [asked] = shop.services.invocations.slice(before);
    expect(asked?.caller).toEqual({
      service: 'appsync.amazonaws.com',
      sourceArn: `arn:aws:appsync:us-east-1:000000000000:apis/${shop.apiId}`,
    });
    const { requestContext, authorizationToken } = asked?.payload as {
      requestContext: JsonObject;
      authorizationToken: string;
    };
    expect(authorizationToken).toMatch(/^token-/);
    expect(requestContext).toMatchObject({
      apiId: shop.apiId,
      accountId: '000000000000',
      operationName: 'Q',
      variables: { n: 'x' },
    });
  });

  it('never logs the token, even if resolver code prints it', async () => {
    shop.allow();
    const headers = shop.newToken();
    await shop.post({ query: '{ greeting(name: "Ann") }' }, headers);
    expect(shop.services.logLines.length).toBeGreaterThan(0);
    expect(shop.services.logLines.join('\n')).not.toContain(headers.authorization);
  });

  it('reads a table as the role of the data source', async () => {
    shop.allow();
    shop.services.onTable('GetItem', () => ({ Item: { id: { S: '7' }, name: { S: 'seven' }, price: { N: '12' } } }));
    const { body } = await shop.post({ query: '{ product(id: "7") { id price } }' });
    expect(body).toEqual({ data: { product: { id: '7', price: 12 } } });
    const call = shop.services.tableCalls.at(-1);
    expect(call?.principal.roleArn).toBe(role);
    expect(call?.input).toEqual({ TableName: 'Products', Key: { id: { S: '7' } }, ConsistentRead: false });
  });

  it('gathers sibling fields into one batch', async () => {
    shop.allow();
    const batches: Json[] = [];
    shop.services.onInvoke(lambdaArn, (payload) => {
      batches.push(payload);
      return { failed: false, payload: [5, { data: null, errorMessage: 'gone', errorType: 'Gone' }] };
    });
    const { body } = await shop.post({ query: '{ products { id stock } }' });
    expect(batches).toEqual([[{ id: '1' }, { id: '2' }]]);
    expect(body.data).toEqual({
      products: [
        { id: '1', stock: 5 },
        { id: '2', stock: null },
      ],
    });
  });

  it('gathers five at most for a resolver without a MaxBatchSize', async () => {
    shop.allow();
    const sizes: number[] = [];
    shop.services.onInvoke(lambdaArn, (payload) => {
      const ids = payload as Json[];
      sizes.push(ids.length);
      return { failed: false, payload: ids.map(() => 0) };
    });
    const lists = ['a', 'b', 'c', 'd'].map((alias) => `${alias}: products { reserved }`);
    const { body } = await shop.post({ query: `{ ${lists.join(' ')} }` });
    expect(body.errors).toBeUndefined();
    expect(sizes).toEqual([5, 3]);
  });
});

describe('errors', () => {
  it('have AppSync’s envelope, data cut to the selection', async () => {
    shop.allow();
    const { body } = await shop.post({ query: '{\n  fails { id }\n}' });
    expect(body).toEqual({
      data: { fails: null },
      errors: [
        {
          path: ['fails'],
          data: { id: '1' },
          errorType: 'NotFound',
          errorInfo: { retry: 1 },
          locations: [{ line: 2, column: 3, sourceName: null }],
          message: 'no',
        },
      ],
    });
  });

  it('may come beside data', async () => {
    shop.allow();
    const { body } = await shop.post({ query: '{ half { id } }' });
    expect(body.data).toEqual({ half: { id: '9' } });
    expect(body.errors).toMatchObject([
      { message: 'careful', errorType: 'Warning', data: { id: '9' }, path: ['half'] },
    ]);
  });

  it.each([
    ['{ nope }', "Validation error of type FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'"],
    ['{ product { id } }', "Validation error of type MissingFieldArgument: Missing field argument id @ 'product'"],
    [
      '{ products }',
      "Validation error of type SubSelectionRequired: Sub selection required for type [Product!]! of field products @ 'products'",
    ],
    [
      'mutation { createProduct(input: {id: "1"}) { id } }',
      "Validation error of type WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='id', value=StringValue{value='1'}}]}' is missing required fields '[name]' @ 'createProduct'",
    ],
  ])('word a failed validation as AppSync does: %s', async (query, message) => {
    shop.allow();
    const { status, body } = await shop.post({ query });
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.errors?.[0]?.['message']).toBe(message);
    expect(body.errors?.[0]?.['path']).toBeNull();
  });

  it('word unfit variables and values as AppSync does', async () => {
    shop.allow();
    const missing = await shop.post({ query: 'query($n: String!) { greeting(name: $n) }' });
    expect(missing.body.errors?.[0]?.['message']).toBe(
      "Variable 'n' has coerced Null value for NonNull type 'String!'",
    );
    const date = await shop.post({ query: '{ date }' });
    expect(date.body.errors?.[0]?.['message']).toBe(
      "Can't serialize value (/date) : Unable to serialize `yesterday` as a valid DateTime",
    );
    const strict = await shop.post({ query: '{ strict }' });
    expect(strict.body).toMatchObject({
      data: null,
      errors: [{ message: "Cannot return null for non-nullable type: 'String' within parent 'Query' (/strict)" }],
    });
  });

  it.each([
    ['', 400, 'MalformedHttpRequestException'],
    ['meow', 400, 'MalformedHttpRequestException'],
    ['[]', 400, 'MalformedHttpRequestException'],
    ['{"query": "{"}', 400, 'MalformedHttpRequestException'],
    ['{"query": 7}', 400, 'MalformedHttpRequestException'],
    [`{"query": "${'{a'.repeat(5000)}"}`, 400, 'MalformedHttpRequestException'],
    ['{"query": "{ greeting(name: \\"a\\") }", "variables": []}', 400, 'MalformedHttpRequestException'],
    ['{"query": "subscription { onCreate { id } }"}', 400, 'UnsupportedOperation'],
    [`{"query": "${'x'.repeat(1_100_000)}"}`, 413, 'RequestEntityTooLargeException'],
  ])('refuse a body that is no request: %.40s', async (body, status, errorType) => {
    shop.allow();
    const answer = await shop.post(body);
    expect([answer.status, answer.body.errors?.[0]?.['errorType']]).toEqual([status, errorType]);
  });

  it('refuse other methods and unknown APIs', async () => {
    expect((await fetch(`${shop.running.endpoint}/graphql/${shop.apiId}`)).status).toBe(405);
    expect((await fetch(`${shop.running.endpoint}/graphql/nosuchapi`, { method: 'POST', body: '{}' })).status).toBe(
      404,
    );
    const preflight = await fetch(`${shop.running.endpoint}/graphql/${shop.apiId}`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });
});
