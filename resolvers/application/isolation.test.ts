import { readFileSync } from 'node:fs';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enhancedFilter } from '../../infra/local/appsync/realtime/filter.ts';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../testing/application-plane.ts';
import { createStepCompiler, stepSources } from '../testing/bundle-step.ts';
import { errorsOf, type Shop, shopOf } from '../testing/shop.ts';
import { pipelines } from './pipelines.ts';

let plane: ApplicationPlane;
let alice: Shop;
let mallory: Shop;

beforeAll(async () => {
  plane = await startApplicationPlane();
  alice = shopOf(plane, callerOf('tenant-a'));
  mallory = shopOf(plane, callerOf('tenant-b'));
});
afterAll(() => plane.stop());

describe('what is another tenant’s', () => {
  it('cannot be read, and answers like what does not exist', async () => {
    const lamp = await alice.stock();
    const order = await alice.place([lamp.id, 1]);
    expect(await mallory.product(lamp.id)).toBeNull();
    expect(await mallory.order(order.id)).toBeNull();
    expect((await mallory.products()).edges).toEqual([]);
    expect((await mallory.orders()).edges).toEqual([]);
  });

  it('cannot be changed, sold, cancelled or deleted', async () => {
    const lamp = await alice.stock();
    const order = await alice.place([lamp.id, 1]);
    const before = [await alice.product(lamp.id), await alice.order(order.id)];
    const attempts = [
      mallory.updateProduct({ id: lamp.id, expectedVersion: 2, price: 1 }),
      mallory.deleteProduct({ id: lamp.id }),
      mallory.updateOrder({ id: order.id, status: 'PAID' }),
      mallory.cancelOrder({ id: order.id }),
      mallory.deleteOrder({ id: order.id }),
    ];
    for (const attempt of attempts) {
      const payload = await attempt;
      expect(errorsOf(payload)).toEqual(['NOT_FOUND id']);
      expect(JSON.stringify(payload)).not.toContain('tenant-a');
    }
    const bought = await mallory.createOrder({ lines: [{ productId: lamp.id, quantity: 1 }] });
    expect(errorsOf(bought)).toEqual(['PRODUCT_GONE lines.0.productId']);
    expect([await alice.product(lamp.id), await alice.order(order.id)]).toEqual(before);
  });

  it('cannot be reached by a forged cursor', async () => {
    await alice.stock();
    const forged = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64');
    const list = { v: 1, query: JSON.stringify(['products', null, null, null]), shard: 0, after: '~' };
    const as = (owner: string) => mallory.products({ after: forged({ ...list, owner }) });
    await expect(as('tenant-a')).rejects.toMatchObject({ errorType: 'BadRequest' });
    expect((await as('tenant-b')).edges).toEqual([]);
  });

  it('is no user of one’s own', async () => {
    const user = { tenantId: 'tenant-a', userId: 'u-1', email: 'a@example.com', name: 'A', role: 'TENANT_USER' };
    await plane.documents.send(new PutCommand({ TableName: plane.tables.TENANT_USERS_TABLE, Item: user }));
    const ask = (tenantId: string) => plane.askUngated<Json>(callerOf(tenantId), 'Query.user', { id: 'u-1' });
    expect(await ask('tenant-a')).toMatchObject({ id: 'u-1' });
    expect(await ask('tenant-b')).toBeNull();
  });
});

describe('every request of every step', () => {
  const id = '01HZZZZZZZZZZZZZZZZZZZZZZZ';
  /** Arguments that try to name another tenant wherever something would listen. */
  const hostile: JsonObject = {
    id,
    tenantId: 'tenant-a',
    first: 10,
    shardId: 'tenant-a#0',
    input: {
      id,
      tenantId: 'tenant-a',
      shardId: 'tenant-a#0',
      expectedVersion: 1,
      status: 'PAID',
      sku: 'S',
      name: 'N',
      price: 1,
      stock: 1,
      lines: [{ productId: id, quantity: 1, tenantId: 'tenant-a' }],
    },
  };
  const order = {
    orderId: id,
    tenantId: 'tenant-a',
    status: 'PLACED',
    version: 1,
    lines: [{ productId: id, quantity: 1, unitPrice: 1, name: 'N' }],
  };
  const compile = createStepCompiler(Date.now);
  const steps = Object.entries(pipelines)
    .filter(([coordinate]) => !coordinate.startsWith('Mutation.publish'))
    .flatMap(([coordinate, ofField]) => ofField.map(({ step, dataSource }) => ({ coordinate, step, dataSource })));
  const gate = ['chargeIdle', 'chargeBusy', 'chargeIdleAgain', 'chargeBusyAgain', 'countRefusal'].map((name) => ({
    coordinate: 'Query.me',
    step: `../lib/gate/${name}`,
    dataSource: 'Gates',
  }));

  const requestOf = ({ coordinate, step }: { coordinate: string; step: string }, identity: JsonObject | null) =>
    compile(`application/${step}`).evaluate('request', {
      arguments: hostile,
      identity,
      stash: {
        order,
        returns: order.lines,
        gateTime: 0,
        refusal: step.endsWith('countRefusal') ? { message: 'M', type: 'QuotaExceeded', info: {} } : null,
        page: { list: {}, first: 10, shardCount: 1, found: [], next: { shard: 0, after: '' } },
      },
      env: { ORDERS_TABLE: 'orders', PRODUCTS_TABLE: 'products' },
      info: {
        fieldName: coordinate.split('.')[1] ?? '',
        parentTypeName: '',
        variables: {},
        selectionSetList: [],
        selectionSetGraphQL: '',
      },
    });

  it.each([...gate, ...steps.filter(({ dataSource }) => dataSource !== 'None')])(
    '$step names the caller’s tenant and no other',
    (step) => {
      const { result, error } = requestOf(step, { resolverContext: { ...callerOf('tenant-b') } });
      expect(error).toBeUndefined();
      const keys = keysIn(result);
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(key).toMatch(/^tenant-b(#\d+)?$/);
    },
  );

  it.each([...gate, ...steps.filter(({ dataSource }) => !['None', 'users'].includes(dataSource))])(
    '$step refuses whoever has no tenant',
    (step) => {
      const strangers: (JsonObject | null)[] = [
        null,
        { resolverContext: {} },
        { userArn: 'arn:aws:iam::000000000000:role/x' },
      ];
      for (const identity of strangers) {
        expect(requestOf(step, identity).error).toMatchObject({ type: 'Unauthorized' });
      }
    },
  );

  it.each(['onProductChanged', 'onOrderChanged'])('%s filters by the caller’s tenant, and ends with it', (field) => {
    const evaluate = (identity: JsonObject | null) =>
      compile(`application/Subscription.${field}`).evaluate('response', { arguments: hostile, identity });
    const resolverContext = { ...callerOf('tenant-b', { userId: 'bob', tokenExpiresAt: '1790000000' }) };
    const { subscriptionFilter, subscriptionInvalidationFilter } = evaluate({ resolverContext });
    const own = { fieldName: 'tenantId', operator: 'eq', value: 'tenant-b' };
    const expiry = { fieldName: 'publishedAt', value: 1_790_000_000 };
    expect(subscriptionFilter).toEqual({ filterGroup: [{ filters: [own, { ...expiry, operator: 'lt' }] }] });
    expect(subscriptionInvalidationFilter).toEqual({
      filterGroup: [
        { filters: [own, { fieldName: 'everyone', operator: 'eq', value: true }] },
        { filters: [own, { fieldName: 'userId', operator: 'eq', value: 'bob' }] },
        { filters: [{ ...expiry, operator: 'ge' }] },
      ],
    });
    expect(evaluate(null).error).toMatchObject({ type: 'Unauthorized' });
  });

  it('a subscription ends with its token, by whichever tenant’s change, and by no other’s end', () => {
    const resolverContext = { ...callerOf('tenant-b', { userId: 'bob', tokenExpiresAt: '1790000000' }) };
    const step = compile('application/Subscription.onOrderChanged');
    const { subscriptionInvalidationFilter } = step.evaluate('response', {
      arguments: {},
      identity: { resolverContext },
    });
    const ends = enhancedFilter(subscriptionInvalidationFilter ?? null);
    expect(ends({ publishedAt: 1_789_999_999 })).toBe(false);
    expect(ends({ publishedAt: 1_790_000_000 })).toBe(true);
    expect(ends({ tenantId: 'tenant-a', everyone: true })).toBe(false);
    expect(ends({ tenantId: 'tenant-a', userId: 'bob' })).toBe(false);
    expect(ends({ tenantId: 'tenant-b', userId: 'alice' })).toBe(false);
    expect(ends({ tenantId: 'tenant-b', userId: 'bob' })).toBe(true);
    expect(ends({ tenantId: 'tenant-b', everyone: true })).toBe(true);
  });

  it.each([
    [{ tenantId: 'tenant-a' }, { tenantId: 'tenant-a', everyone: true }],
    [
      { tenantId: 'tenant-a', userId: null },
      { tenantId: 'tenant-a', everyone: true },
    ],
    [
      { tenantId: 'tenant-a', userId: 'bob' },
      { tenantId: 'tenant-a', userId: 'bob' },
    ],
  ])('endSubscriptions ends those of %j', (input, payload) => {
    const step = compile('application/Mutation.endSubscriptions');
    const { subscriptionInvalidations, result } = step.evaluate('response', { arguments: { input } });
    expect(subscriptionInvalidations).toEqual([
      { subscriptionField: 'onProductChanged', payload },
      { subscriptionField: 'onOrderChanged', payload },
    ]);
    expect(result).toEqual(input);
  });

  it.each(['Product', 'Order'])(
    'a change of the kind %s says when it is published, and ends what has expired where it is told to',
    (kind) => {
      const step = compile(`application/Mutation.publish${kind}Change`);
      const publish = (endsExpired?: boolean) =>
        step.evaluate('response', {
          arguments: {
            input: { tenantId: 'tenant-a', type: 'CREATED', ...(endsExpired !== undefined && { endsExpired }) },
          },
        });
      const publishedAt = expect.any(Number) as number;
      const { result, subscriptionInvalidations } = publish();
      expect(result).toEqual({ tenantId: 'tenant-a', type: 'CREATED', publishedAt });
      expect(subscriptionInvalidations).toEqual([]);
      // Of all tenants: what each subscription of an expired token ends by.
      expect(publish(true).subscriptionInvalidations).toEqual([
        { subscriptionField: `on${kind}Changed`, payload: { publishedAt } },
      ]);
    },
  );

  /** The tenants that a request addresses: partition keys, query values, the identity sent to a function. */
  function keysIn(request: Json): string[] {
    if (Array.isArray(request)) return request.flatMap(keysIn);
    if (request === null || typeof request !== 'object') return [];
    return Object.entries(request as JsonObject).flatMap(([name, value]) => {
      const text = (value as { S?: string } | null)?.S ?? value;
      const isKey = name === 'shardId' || name === ':partition' || name === 'tenantId';
      if (name === 'arguments') return [];
      return isKey && typeof text === 'string' ? [text] : keysIn(value as Json);
    });
  }
});

describe('the source that this plane runs', () => {
  const inputs = stepSources(
    Object.values(pipelines).flatMap((steps) => steps.map(({ step }) => `application/${step}`)),
  );
  const namesWith = (pattern: RegExp) =>
    inputs.filter((name) => pattern.test(readFileSync(name, 'utf8'))).map((name) => name.replace(/^.*resolvers\//, ''));

  it('makes DynamoDB requests in one file only, which takes branded keys', () => {
    const pattern = /operation: '(?!Invoke)|@aws-appsync\/utils\/dynamodb/;
    expect(namesWith(pattern)).toEqual(['lib/dynamodb.ts']);
  });

  it('reads the caller’s identity in one file, and passes it on to functions in another', () => {
    expect(namesWith(/\.identity\b/).sort()).toEqual(['lib/people/invokeUsers.ts', 'lib/tenantKey.ts']);
  });

  it('casts to a branded key nowhere else', () => {
    expect(namesWith(/as (unknown as )?Tenant(Key|Partition)/)).toEqual(['lib/tenantKey.ts']);
  });
});
