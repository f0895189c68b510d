import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateItem } from '../../schema/gate.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { costOf } from '../layer/usage/counts.ts';
import { consumption, unitPrices } from '../layer/usage/prices.ts';
import { meter } from '../metering/meter.ts';
import { tenantUsage } from './tenant-usage.ts';
import { usageSummary } from './usage-summary.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 100 };
const put = (TableName: string, Item: Record<string, unknown>) =>
  engine.documents.send(new PutCommand({ TableName, Item }));

async function givenTenant(tenantId: string, counters: Record<string, number>): Promise<void> {
  const tenant = { tenantId, listing: 'TENANT', slug: tenantId, name: `Company ${tenantId}`, tier: 'BASIC', limits };
  await put(engine.tables.TENANTS_TABLE, tenant);
  await put(engine.tables.GATES_TABLE, { ...gateItem(tenantId, limits, 'pooled'), ...counters });
}

const metered = () =>
  meter({ documents: engine.documents, tables: engine.tables, clock: () => new Date('2027-03-31T12:00:00Z') })();
const ask = (tenantId: string, from: string, to: string) =>
  tenantUsage(engine)({ field: 'tenantUsage', arguments: { tenantId, from, to }, identity: null });
const summarize = (month: string) =>
  usageSummary({ ...engine, clock: () => new Date('2027-06-30T12:00:00Z') })({
    field: 'usageSummary',
    arguments: { month },
    identity: null,
  });

describe('tenantUsage', () => {
  test('is up to this moment: what is metered, and what the gate has counted since', async () => {
    await givenTenant('live', { 'day#2027-03-29': 9, 'writes#2027-03-29': 4, 'day#2027-03-31': 1 });
    await metered();
    await givenTenant('live', {
      'day#2027-03-31': 6,
      'writes#2027-03-31': 2,
      'subscriptions#2027-03-31': 1,
      'refused#2027-03-31': 8,
      'refused#2027-03-30': 2,
    });
    const report = await ask('live', '2027-03-01', '2027-03-31');
    const days = [
      { day: '2027-03-29', operations: 9, reads: 5, writes: 4, subscriptions: 0, refused: 0 },
      { day: '2027-03-30', operations: 0, reads: 0, writes: 0, subscriptions: 0, refused: 2 },
      { day: '2027-03-31', operations: 6, reads: 3, writes: 2, subscriptions: 1, refused: 8 },
    ].map((day) => ({ ...day, cost: costOf(day) }));
    expect(report).toEqual({
      tenantId: 'live',
      days,
      total: {
        operations: 15,
        reads: 8,
        writes: 6,
        subscriptions: 1,
        refused: 10,
        cost: days.reduce((sum, { cost }) => sum + cost, 0),
      },
      pricesAsOf: unitPrices.asOf,
    });
  });

  test('is as new in what was refused alone, and takes none for what was metered before refusals were counted', async () => {
    const { usage: day, ...counters } = { usage: '2027-03-30', 'day#2027-03-30': 3 };
    await givenTenant('refused', counters);
    const item = { tenantId: 'refused', day, operations: 3, reads: 3, writes: 0, subscriptions: 0, cost: 1 };
    await put(engine.tables.USAGE_TABLE, item);
    const report = async () => (await ask('refused', day, day))?.days;
    expect(await report()).toEqual([
      { day, operations: 3, reads: 3, writes: 0, subscriptions: 0, refused: 0, cost: 1 },
    ]);
    await givenTenant('refused', { ...counters, 'refused#2027-03-30': 5 });
    expect(await report()).toMatchObject([{ operations: 3, refused: 5 }]);
    await metered();
    await givenTenant('refused', {});
    expect(await report()).toMatchObject([{ operations: 3, refused: 5 }]);
  });

  test('keeps to the range, which no month’s item falls into', async () => {
    await givenTenant('range', { 'day#2027-01-31': 1, 'day#2027-02-01': 2, 'day#2027-03-31': 4 });
    await metered();
    const days = async (from: string, to: string) => (await ask('range', from, to))?.days.map(({ day }) => day);
    expect(await days('2027-01-01', '2027-03-31')).toEqual(['2027-01-31', '2027-02-01', '2027-03-31']);
    expect(await days('2027-02-01', '2027-03-30')).toEqual(['2027-02-01']);
    expect(await days('2027-02-02', '2027-02-02')).toEqual([]);
  });

  test('is null for what is no tenant', async () => {
    await put(engine.tables.TENANTS_TABLE, { tenantId: 'SLUG#live', owner: 'live' });
    expect(await ask('SLUG#live', '2027-03-01', '2027-03-31')).toBeNull();
    expect(await ask('nobody', '2027-03-01', '2027-03-31')).toBeNull();
  });
});

describe('usageSummary', () => {
  test('lists a month’s tenants, the most asking first, with their share of the quota, and the sum of all', async () => {
    await givenTenant('small', { 'day#2027-06-01': 10, 'writes#2027-06-01': 10 });
    await givenTenant('large', {
      'day#2027-06-01': 30,
      'day#2027-06-30': 20,
      'refused#2027-06-30': 4,
      'refused#2027-06-01': 1,
    });
    await givenTenant('flood', { 'day#2027-06-30': 20, 'refused#2027-06-30': 100 });
    await givenTenant('other-month', { 'day#2027-07-01': 99 });
    await metered();
    const summary = await summarize('2027-06');
    expect(summary.tenants).toMatchObject([
      { tenantId: 'flood', operations: 20, refused: 100, refusedToday: 100 },
      {
        tenantId: 'large',
        name: 'Company large',
        tier: 'BASIC',
        operations: 50,
        reads: 50,
        refused: 5,
        refusedToday: 4,
        quotaShare: 0.5,
        dayQuotaShare: 0.02,
      },
      { tenantId: 'small', operations: 10, writes: 10, refused: 0, refusedToday: 0, quotaShare: 0.1, dayQuotaShare: 0 },
    ]);
    expect(summary).toMatchObject({
      month: '2027-06',
      tenantCount: 3,
      total: { operations: 80, reads: 70, writes: 10, refused: 105 },
    });
    expect(summary.total.cost).toBe(summary.tenants.reduce((sum, { cost }) => sum + cost, 0));
  });

  test('is empty for a month without usage', async () => {
    expect(await summarize('2020-01')).toMatchObject({
      tenants: [],
      tenantCount: 0,
      total: { operations: 0, cost: 0 },
    });
  });

  test('names a hundred tenants and counts all', async () => {
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => givenTenant(`many-${index}`, { 'day#2027-08-01': index + 1 })),
    );
    await metered();
    const summary = await summarize('2027-08');
    expect(summary.tenants).toHaveLength(100);
    expect(summary.tenants[0]).toMatchObject({ tenantId: 'many-119', operations: 120 });
    expect(summary).toMatchObject({ tenantCount: 120, total: { operations: (120 * 121) / 2 } });
  });
});

test('a read costs one operation, the firewall, one write and one read of DynamoDB and its part of the authorizer', () => {
  const million = 1_000_000;
  const reads = { operations: million, reads: million, writes: 0, subscriptions: 0, refused: 0 };
  // 4.00 + 0.60 + 0.625 + 0.125 dollars, and of the authorizer a tenth: two reads, 0.20 dollars, and 0.25 GB × 0.02 s × 16.6667 dollars.
  expect(costOf(reads) / million).toBeCloseTo(4 + 0.6 + 0.625 + 1.2 * 0.125 + 0.02 + 0.00833, 4);
  expect(Object.keys(consumption.reads).sort()).toEqual(
    Object.keys(unitPrices)
      .filter((name) => name !== 'asOf' && name !== 'region')
      .sort(),
  );
});
