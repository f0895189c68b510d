import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateLimits } from '../../../schema/gate.ts';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../../testing/application-plane.ts';
import { requestsTo } from '../../testing/gate-requests.ts';

let plane: ApplicationPlane;
beforeAll(async () => {
  plane = await startApplicationPlane();
});
afterAll(() => plane.stop());

const noon = Date.UTC(2026, 10, 23, 12);

const { request, requests, setGate, gateOf } = requestsTo(() => plane);

describe('rate and burst', () => {
  it('admits exactly the burst of 200 requests of one moment', async () => {
    await plane.openGate('burst', { requestsPerSecond: 10, burst: 25 });
    plane.setTime(noon);
    const { admitted, refusals } = await requests('burst', 200);
    expect(admitted).toBe(25);
    expect(new Set(refusals.map(({ errorType }) => errorType))).toEqual(new Set(['TooManyRequests']));
  });

  it('says when the next one is admitted, and keeps its word', async () => {
    await plane.openGate('retry', { requestsPerSecond: 10, burst: 2 });
    plane.setTime(noon);
    const { refusals } = await requests('retry', 3);
    const { retryAfterMs } = refusals[0]?.errorInfo as { retryAfterMs: number };
    expect(retryAfterMs).toBe(100);
    plane.setTime(noon + retryAfterMs - 1);
    expect(await request('retry')).toMatchObject({ errorType: 'TooManyRequests' });
    plane.setTime(noon + retryAfterMs);
    expect(await request('retry')).toBe('admitted');
  });

  it('admits the rate times the time plus the burst, and no more', async () => {
    await plane.openGate('minute', { requestsPerSecond: 10, burst: 5 });
    let admitted = 0;
    for (let tick = 0; tick <= 20; tick += 1) {
      plane.setTime(noon + tick * 100);
      admitted += (await requests('minute', 3)).admitted;
    }
    expect(admitted).toBe(25);
  });

  it('admits one at a time where the burst is one', async () => {
    await plane.openGate('single', { requestsPerSecond: 1, burst: 1 });
    plane.setTime(noon);
    expect((await requests('single', 5)).admitted).toBe(1);
    plane.setTime(noon + 1000);
    expect((await requests('single', 5)).admitted).toBe(1);
  });

  it('keeps tenants apart', async () => {
    await plane.openGate('noisy', { burst: 1, requestsPerSecond: 1 });
    await plane.openGate('quiet', { burst: 1, requestsPerSecond: 1 });
    plane.setTime(noon);
    await requests('noisy', 10);
    expect(await request('quiet')).toBe('admitted');
  });

  it('takes new limits at once', async () => {
    await plane.openGate('upgraded', { requestsPerSecond: 1, burst: 1 });
    plane.setTime(noon);
    await requests('upgraded', 2);
    const limits = { requestsPerSecond: 100, burst: 10, requestsPerDay: 1000, requestsPerMonth: 1000 };
    await setGate('upgraded', { ...gateLimits(limits) });
    expect((await requests('upgraded', 20)).admitted).toBe(10);
  });
});

describe('quotas', () => {
  it('admits exactly the day’s quota of 300 requests of one moment', async () => {
    await plane.openGate('daily', { requestsPerDay: 100 });
    plane.setTime(noon);
    const { admitted, refusals } = await requests('daily', 300);
    expect(admitted).toBe(100);
    expect(refusals[0]).toMatchObject({
      errorType: 'QuotaExceeded',
      errorInfo: { resetsAt: '2026-11-24T00:00:00.000Z' },
    });
  });

  it('starts anew at midnight and keeps the day before for the meter', async () => {
    await plane.openGate('rollover', { requestsPerDay: 3 });
    plane.setTime(Date.UTC(2026, 10, 30, 23, 59, 59, 999));
    expect((await requests('rollover', 5)).admitted).toBe(3);
    plane.setTime(Date.UTC(2026, 11, 1));
    expect((await requests('rollover', 5)).admitted).toBe(3);
    expect(await gateOf('rollover')).toMatchObject({
      'day#2026-11-30': 3,
      'day#2026-12-01': 3,
      'month#2026-11': 3,
      'month#2026-12': 3,
    });
  });

  it('holds the month’s quota over days, until the next month', async () => {
    await plane.openGate('monthly', { requestsPerDay: 100, requestsPerMonth: 4 });
    plane.setTime(Date.UTC(2026, 11, 30));
    expect((await requests('monthly', 3)).admitted).toBe(3);
    plane.setTime(Date.UTC(2026, 11, 31));
    const { admitted, refusals } = await requests('monthly', 3);
    expect(admitted).toBe(1);
    expect(refusals[0]?.errorInfo).toEqual({ resetsAt: '2027-01-01T00:00:00.000Z' });
    // Idle again: the write's condition alone decides.
    plane.setTime(Date.UTC(2026, 11, 31, 1));
    expect(await request('monthly')).toMatchObject({ errorType: 'QuotaExceeded' });
    plane.setTime(Date.UTC(2027, 0, 1));
    expect(await request('monthly')).toBe('admitted');
  });
});

describe('who is shut out', () => {
  it('refuses a suspended tenant at once, and a tenant without a gate', async () => {
    await plane.openGate('suspended');
    plane.setTime(noon);
    expect(await request('suspended')).toBe('admitted');
    await setGate('suspended', { status: 'SUSPENDED' });
    expect(await request('suspended')).toMatchObject({ errorType: 'TenantSuspended' });
    // Idle again: the write's condition alone decides.
    plane.setTime(noon + 60_000);
    expect(await request('suspended')).toMatchObject({ errorType: 'TenantSuspended' });
    expect(await request('nobody')).toMatchObject({ errorType: 'TenantSuspended' });
  });

  it('refuses a tenant that has moved to another stack, idle or busy', async () => {
    await plane.openGate('moved', { requestsPerSecond: 1 });
    await setGate('moved', { stack: 'moved' });
    plane.setTime(noon);
    expect(await request('moved')).toMatchObject({ errorType: 'TenantMoved' });
    await setGate('moved', { freeAt: noon * 1000 + 1, allowAt: 0 });
    expect(await request('moved')).toMatchObject({ errorType: 'TenantMoved' });
  });

  it('holds writes while a tenant is being moved, and lets it read', async () => {
    await plane.openGate('moving');
    await setGate('moving', { writesHeldSince: '2026-11-23T12:00:00.000Z' });
    plane.setTime(noon);
    const order = plane.ask(callerOf('moving'), 'Mutation.createOrder', { input: { lines: [] } });
    await expect(order).rejects.toMatchObject({ errorType: 'TenantMoving', errorInfo: { retryAfterMs: 2000 } });
    expect(await request('moving')).toBe('admitted');
  });

  it('refuses a blocked user and nobody else', async () => {
    await plane.openGate('blocking');
    plane.setTime(noon);
    await setGate('blocking', { blockedUsers: new Set(['mallory', 'trent']) });
    expect(await request('blocking', { userId: 'mallory' })).toMatchObject({ errorType: 'Unauthorized' });
    expect(await request('blocking', { userId: 'alice' })).toBe('admitted');
  });

  it('refuses a blocked user within a burst too', async () => {
    await plane.openGate('blocking-busy', { requestsPerSecond: 1, burst: 10 });
    plane.setTime(noon);
    await setGate('blocking-busy', { blockedUsers: new Set(['mallory']) });
    expect(await request('blocking-busy')).toBe('admitted');
    expect(await request('blocking-busy', { userId: 'mallory' })).toMatchObject({ errorType: 'Unauthorized' });
  });

  it('runs nothing of the field for whom it refuses', async () => {
    const sent = plane.requests.length;
    await expect(plane.ask(callerOf('nobody'), 'Mutation.createProduct', { input: {} })).rejects.toThrow();
    expect(plane.requests.length - sent).toBe(1);
  });
});

it('holds an admission for five seconds: what comes later does not begin to write', async () => {
  await plane.openGate('slow');
  const createProduct = () =>
    plane.ask(callerOf('slow'), 'Mutation.createProduct', { input: { sku: 'S', name: 'Lamp', price: 1, stock: 1 } });
  const passing = (milliseconds: number) => {
    plane.setTime(noon);
    plane.beforeStep = (step) => {
      if (step === 'Mutation.createProduct') plane.setTime(noon + milliseconds);
    };
  };
  passing(5000);
  expect(await createProduct()).toMatchObject({ userErrors: [] });
  passing(5001);
  await expect(createProduct()).rejects.toMatchObject({ errorType: 'RequestTimeout' });
  plane.beforeStep = () => undefined;
});

it('counts each class beside the day, in the same write', async () => {
  await plane.openGate('classes');
  plane.setTime(noon);
  const shop = callerOf('classes');
  await plane.ask(shop, 'Query.orders');
  await plane.ask(shop, 'Query.products');
  await plane.ask(shop, 'Mutation.createProduct', { input: { sku: 'A', name: 'A', price: 1, stock: 1 } });
  await request('classes');
  const gate = await gateOf('classes');
  expect(Object.fromEntries(Object.entries(gate).filter(([name]) => name.includes('#')))).toEqual({
    'day#2026-11-23': 4,
    'month#2026-11': 4,
    'writes#2026-11-23': 1,
    'subscriptions#2026-11-23': 1,
  });
});

it('writes once for an idle tenant', async () => {
  await plane.openGate('idle');
  plane.setTime(noon);
  const sent = plane.requests.length;
  await request('idle');
  expect(plane.requests.slice(sent).map((wire) => (wire as { operation?: string }).operation)).toEqual([
    'UpdateItem',
    undefined,
  ]);
});
