import { buildASTSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { GraphqlError } from '../layer/signed-graphql.ts';
import { createPublisher } from './publish-change.ts';

const product = {
  shardId: 'tenant-a#0',
  productId: 'p-1',
  tenantId: 'tenant-a',
  sku: 'L-1',
  name: 'Lamp',
  price: 1000,
  stock: 3,
  version: 2,
  createdAt: '2026-11-23T12:00:00Z',
  updatedAt: '2026-11-23T12:00:00Z',
};
const order = {
  shardId: 'tenant-a#0',
  orderId: 'o-1',
  tenantId: 'tenant-a',
  number: 'SO-1',
  status: 'PLACED',
  lines: [{ productId: 'p-1', name: 'Lamp', quantity: 1, unitPrice: 1000 }],
  total: 1000,
  createdAt: '2026-11-23T12:00:00Z',
  createdBy: 'alice',
  updatedAt: '2026-11-23T12:00:00Z',
  version: 1,
};
const change = { eventId: '1', changedAt: new Date(0) };

interface Call {
  readonly query: string;
  readonly input: {
    readonly tenantId: string;
    readonly type: string;
    readonly product?: object;
    readonly order?: object;
    readonly endsExpired?: boolean;
  };
}

const clock = () => new Date('2026-11-23T12:00:00Z');

async function published(before: object | undefined, after: object | undefined): Promise<Call> {
  const calls: Call[] = [];
  const callGraphql = async (query: string, variables: Readonly<Record<string, unknown>>) => {
    calls.push({ query, input: variables.input as Call['input'] });
  };
  const publish = createPublisher({ callGraphql, clock });
  await publish({ ...change, before, after } as Parameters<typeof publish>[0]);
  expect(calls).toHaveLength(1);
  return calls[0] as Call;
}

describe('publishes', () => {
  it('a product to its own tenant, without its key', async () => {
    const { input } = await published(undefined, product);
    const { shardId: _shard, productId: id, tenantId, ...fields } = product;
    expect(input).toMatchObject({ tenantId, type: 'CREATED' });
    expect(input.product).toEqual({ id, category: null, ...fields });
  });

  it('what was changed and what is gone', async () => {
    expect((await published(product, { ...product, stock: 2 })).input).toMatchObject({
      type: 'UPDATED',
      product: { stock: 2 },
    });
    expect((await published(order, undefined)).input).toMatchObject({
      type: 'DELETED',
      order: { id: 'o-1', total: 1000 },
    });
  });

  it('with documents that the schema knows', async () => {
    const schema = buildASTSchema(
      parse(
        `scalar AWSEmail scalar AWSDate scalar AWSDateTime scalar AWSTimestamp ${read('application.graphql')} ${read(
          'shared/common.graphql',
        )}`,
      ),
      {
        assumeValid: true,
      },
    );
    for (const item of [product, order]) {
      expect(validate(schema, parse((await published(undefined, item)).query))).toEqual([]);
    }
  });
});

describe('ends the subscriptions of expired tokens', () => {
  let now: number;
  let ends: (boolean | undefined)[];
  let failure: Error | undefined;
  let publish: ReturnType<typeof createPublisher>;
  beforeEach(() => {
    now = clock().getTime();
    ends = [];
    failure = undefined;
    const callGraphql = async (_: string, { input }: Readonly<Record<string, unknown>>) => {
      if (failure) throw failure;
      ends.push((input as Call['input']).endsExpired);
    };
    publish = createPublisher({ callGraphql, clock: () => new Date(now) });
  });

  it('with the first change, and once a minute, each kind by itself, however many tenants change', async () => {
    for (const tenantId of ['tenant-a', 'tenant-b']) await publish({ ...change, after: { ...product, tenantId } });
    await publish({ ...change, after: order });
    now += 59_999;
    await publish({ ...change, after: product });
    now += 1;
    await publish({ ...change, after: product });
    expect(ends).toEqual([true, undefined, true, undefined, true]);
  });

  it('with the next change, if a publication that was to do so failed', async () => {
    failure = new GraphqlError(503, [{ message: 'busy' }]);
    await expect(publish({ ...change, after: product })).rejects.toThrow('503');
    failure = undefined;
    await publish({ ...change, after: product });
    expect(ends).toEqual([true]);
  });
});

describe('when the API refuses', () => {
  const failing = (error: Error) =>
    createPublisher({ callGraphql: () => Promise.reject(error), clock })({ ...change, after: product });

  it('passes over what it refuses for good', async () => {
    const permanent = new GraphqlError(200, [{ message: 'Validation error of type WrongType' }]);
    await expect(failing(permanent)).resolves.toBeUndefined();
  });

  it('throws what may pass, so that the stream sends it again', async () => {
    await expect(failing(new GraphqlError(503, [{ message: 'busy' }]))).rejects.toThrow('503');
    await expect(failing(new TypeError('fetch failed'))).rejects.toThrow('fetch failed');
  });
});

function read(schema: string): string {
  return readFileSync(new URL(`../../schema/${schema}`, import.meta.url), 'utf8');
}
