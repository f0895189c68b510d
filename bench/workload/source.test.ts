import { describe, expect, it } from 'vitest';
import type { WorkloadPlan } from '../load/job.ts';
import { workloadSource } from './source.ts';

const plan = (shares: WorkloadPlan['shares']): WorkloadPlan => ({
  ...{ kind: 'workload', seed: 1, theta: 0.99, shares },
  tenants: [{ headers: { authorization: 'a' }, productIds: ['P1'] }],
});
const answer = (data: object) => JSON.stringify({ data });
const one = (next: ReturnType<typeof workloadSource>) => {
  const [step] = next();
  if (!step) throw new Error('No step');
  return step;
};

describe('a workload', () => {
  it('draws the same requests from the same seed', () => {
    const shares = { read: 50, update: 20, list: 20, order: 10 };
    const [first, second] = [workloadSource(plan(shares)), workloadSource(plan(shares))];
    const take = (next: typeof first) => Array.from({ length: 50 }, () => one(next).body);
    expect(take(first)).toEqual(take(second));
  });

  it('takes a read that is older than what was known for wrong', () => {
    const next = workloadSource(plan({ read: 1 }));
    const product = { id: 'P1', price: 1 };
    expect(one(next).judge(200, answer({ product: { ...product, version: 3 } }))).toBe('good');
    expect(one(next).judge(200, answer({ product: { ...product, version: 2 } }))).toEqual({
      wrong: expect.stringContaining('answered 200'),
    });
    expect(one(next).judge(200, answer({ product: { ...product, id: 'P2', version: 3 } }))).toHaveProperty('wrong');
    expect(one(next).judge(200, answer({ product: null }))).toHaveProperty('wrong');
    expect(one(next).judge(200, '{"data":null,"errors":[{"message":"no"}]}')).toHaveProperty('wrong');
    expect(one(next).judge(401, '{}')).toHaveProperty('wrong');
  });

  it('takes an update that another was quicker than for a conflict, and goes on from its version', () => {
    const next = workloadSource(plan({ update: 1 }));
    const update = one(next);
    const userErrors = [{ code: 'VERSION_CONFLICT' }];
    const product = { id: 'P1', version: 5, price: 1 };
    expect(update.judge(200, answer({ updateProduct: { product, userErrors } }))).toBe('conflict');
    const again = one(next);
    expect(JSON.parse(again.body).variables.input).toMatchObject({ id: 'P1', expectedVersion: 5 });
    expect(again.judge(200, answer({ updateProduct: { product, userErrors } }))).toHaveProperty('wrong');
    const { price } = JSON.parse(again.body).variables.input as { price: number };
    const changed = { id: 'P1', version: 6, price };
    expect(again.judge(200, answer({ updateProduct: { product: changed, userErrors: [] } }))).toBe('good');
  });

  it('wants whole pages, and orders that are placed or told why not', () => {
    const list = one(workloadSource(plan({ list: 1 })));
    expect(list.judge(200, answer({ products: { edges: Array.from({ length: 20 }, () => ({})) } }))).toBe('good');
    expect(list.judge(200, answer({ products: { edges: [] } }))).toHaveProperty('wrong');
    const order = one(workloadSource(plan({ order: 1 })));
    const told = (payload: object) => order.judge(200, answer({ createOrder: payload }));
    expect(told({ order: { id: 'O1' }, userErrors: [] })).toBe('good');
    expect(told({ order: null, userErrors: [{ code: 'PRODUCT_CHANGED' }] })).toBe('conflict');
    expect(told({ order: null, userErrors: [{ code: 'OUT_OF_STOCK' }] })).toHaveProperty('wrong');
  });
});
