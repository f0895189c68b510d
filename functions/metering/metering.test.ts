import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dayCount, gateItem, monthCount, refusalCount, writeCount } from '../../schema/gate.ts';
import { crashAfter, Killed } from '../layer/testing/crash-after.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { costOf } from '../layer/usage/counts.ts';
import { takeOverCounts } from '../layer/usage/take-over-counts.ts';
import { meter, MeteringError } from './meter.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());

let now: Date;
beforeEach(() => {
  now = new Date('2026-11-23T12:00:00.000Z');
});

const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };
const send = <Result>(command: unknown) => engine.documents.send(command as never) as Promise<Result>;

let tenants = 0;
async function givenTenant(counters: Record<string, number> = {}): Promise<string> {
  tenants += 1;
  const tenantId = `T${tenants}`;
  await send(
    new PutCommand({
      TableName: engine.tables.TENANTS_TABLE,
      Item: { tenantId, listing: 'TENANT', slug: `slug-${tenants}` },
    }),
  );
  await send(
    new PutCommand({
      TableName: engine.tables.GATES_TABLE,
      Item: { ...gateItem(tenantId, limits, 'pooled'), ...counters },
    }),
  );
  return tenantId;
}

const run = (documents: DynamoDBDocumentClient = engine.documents) =>
  meter({ documents, tables: engine.tables, clock: () => now })();

async function read(table: string, key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
  const { Item } = await send<{ Item?: Record<string, unknown> }>(
    new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  return Item;
}
const usageOf = (tenantId: string, day: string) => read(engine.tables.USAGE_TABLE, { tenantId, day });
const gateOf = (tenantId: string) => read(engine.tables.GATES_TABLE, { tenantId });

/** What the gate does in its own write. */
const count = (tenantId: string, day: string, isWrite: boolean) =>
  send(
    new UpdateCommand({
      TableName: engine.tables.GATES_TABLE,
      Key: { tenantId },
      UpdateExpression: `ADD #day :one, #month :one${isWrite ? ', #writes :one' : ''}`,
      ExpressionAttributeNames: {
        '#day': dayCount(day),
        '#month': monthCount(day.slice(0, 7)),
        ...(isWrite && { '#writes': writeCount(day) }),
      },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );

const refuse = (tenantId: string, day: string) =>
  send(
    new UpdateCommand({
      TableName: engine.tables.GATES_TABLE,
      Key: { tenantId },
      UpdateExpression: 'ADD #refused :one',
      ExpressionAttributeNames: { '#refused': refusalCount(day) },
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );

const threeDays = {
  'day#2026-10-31': 4,
  'day#2026-11-22': 7,
  'writes#2026-11-22': 2,
  'subscriptions#2026-11-22': 1,
  'day#2026-11-23': 5,
  'writes#2026-11-23': 5,
  'month#2026-10': 4,
  'month#2026-11': 12,
};

test('takes over each day by class with its cost, and each month as the sum of its days', async () => {
  const tenantId = await givenTenant(threeDays);
  await run();
  const day = { operations: 7, reads: 4, writes: 2, subscriptions: 1, refused: 0 };
  expect(await usageOf(tenantId, '2026-11-22')).toMatchObject({ ...day, cost: costOf(day) });
  expect(await usageOf(tenantId, '2026-11-23')).toMatchObject({ operations: 5, reads: 0, writes: 5, subscriptions: 0 });
  const month = await usageOf(tenantId, 'month#2026-11');
  expect(month).toMatchObject({ month: '2026-11', operations: 12, reads: 4, writes: 7, subscriptions: 1 });
  expect(await usageOf(tenantId, 'month#2026-10')).toMatchObject({ month: '2026-10', operations: 4, reads: 4 });
  expect(await usageOf(tenantId, '2026-11-22')).not.toHaveProperty('month');
});

test('removes a day and a month only when they have been over for a day, and nothing else of the gate', async () => {
  const tenantId = await givenTenant(threeDays);
  await run();
  const { 'day#2026-10-31': old, 'month#2026-10': oldMonth, ...kept } = threeDays;
  expect([old, oldMonth]).toEqual([4, 4]);
  expect(await gateOf(tenantId)).toEqual({ ...gateItem(tenantId, limits, 'pooled'), ...kept });
  now = new Date('2026-11-24T00:10:00.000Z');
  await run();
  expect(await gateOf(tenantId)).toHaveProperty(dayCount('2026-11-23'));
  now = new Date('2026-12-02T00:10:00.000Z');
  await run();
  expect(await gateOf(tenantId)).toEqual(gateItem(tenantId, limits, 'pooled'));
  expect(await usageOf(tenantId, 'month#2026-11')).toMatchObject({ operations: 12 });
});

test('counts that came after the gate was read are not removed', async () => {
  const tenantId = await givenTenant({ 'day#2026-10-31': 4 });
  const gate = (await gateOf(tenantId)) ?? {};
  await count(tenantId, '2026-10-31', false);
  await takeOverCounts({ documents: engine.documents, tables: engine.tables, clock: () => now })(tenantId, gate);
  expect(await gateOf(tenantId)).toHaveProperty(dayCount('2026-10-31'), 5);
  await run();
  expect(await usageOf(tenantId, '2026-10-31')).toMatchObject({ operations: 5 });
  expect(await usageOf(tenantId, 'month#2026-10')).toMatchObject({ operations: 5 });
});

test('a run that is behind another takes nothing back', async () => {
  const tenantId = await givenTenant({ 'day#2026-11-23': 3 });
  const stale = (await gateOf(tenantId)) ?? {};
  await count(tenantId, '2026-11-23', true);
  await run();
  await takeOverCounts({ documents: engine.documents, tables: engine.tables, clock: () => now })(tenantId, stale);
  expect(await usageOf(tenantId, '2026-11-23')).toMatchObject({ operations: 4, writes: 1 });
  expect(await usageOf(tenantId, 'month#2026-11')).toMatchObject({ operations: 4, writes: 1 });
});

test('what is refused is taken over with its day, also where nothing was admitted, and no later refusal is lost', async () => {
  const tenantId = await givenTenant({ 'day#2026-10-30': 2, 'refused#2026-10-30': 1, 'refused#2026-10-31': 6 });
  const gate = (await gateOf(tenantId)) ?? {};
  for (const day of ['2026-10-30', '2026-10-31', '2026-11-22']) await refuse(tenantId, day);
  const takeOver = takeOverCounts({ documents: engine.documents, tables: engine.tables, clock: () => now });
  await takeOver(tenantId, gate);
  expect(await usageOf(tenantId, '2026-10-31')).toMatchObject({ operations: 0, refused: 6, cost: 0 });
  expect(await gateOf(tenantId)).toMatchObject({
    'day#2026-10-30': 2,
    'refused#2026-10-30': 2,
    'refused#2026-10-31': 7,
  });
  await run();
  await takeOver(tenantId, gate);
  expect(await usageOf(tenantId, '2026-10-30')).toMatchObject({ operations: 2, refused: 2 });
  expect(await usageOf(tenantId, '2026-10-31')).toMatchObject({ operations: 0, refused: 7 });
  expect(await usageOf(tenantId, 'month#2026-10')).toMatchObject({ operations: 2, refused: 9 });
  expect(await usageOf(tenantId, 'month#2026-11')).toMatchObject({ operations: 0, refused: 1 });
  expect(await gateOf(tenantId)).toEqual({ ...gateItem(tenantId, limits, 'pooled'), 'refused#2026-11-22': 1 });
});

test('a first admission or refusal that came after the gate was read keeps its day there', async () => {
  const admitted = await givenTenant({ 'refused#2026-10-31': 6 });
  const refused = await givenTenant({ 'day#2026-10-31': 6 });
  const takeOver = takeOverCounts({ documents: engine.documents, tables: engine.tables, clock: () => now });
  const gates = [(await gateOf(admitted)) ?? {}, (await gateOf(refused)) ?? {}] as const;
  await count(admitted, '2026-10-31', false);
  await refuse(refused, '2026-10-31');
  await takeOver(admitted, gates[0]);
  await takeOver(refused, gates[1]);
  expect(await gateOf(admitted)).toMatchObject({ 'day#2026-10-31': 1, 'refused#2026-10-31': 6 });
  expect(await gateOf(refused)).toMatchObject({ 'day#2026-10-31': 6, 'refused#2026-10-31': 1 });
});

test('what was metered before refusals were counted gets them, unless it is newer', async () => {
  const tenantId = await givenTenant({ 'day#2026-11-22': 7, 'refused#2026-11-22': 2, 'day#2026-11-23': 3 });
  const before = { reads: 8, writes: 0, subscriptions: 0, cost: 1 };
  for (const [day, operations] of [
    ['2026-11-22', 7],
    ['2026-11-23', 8],
  ] as const) {
    const Item = { tenantId, day, operations, ...before };
    await send(new PutCommand({ TableName: engine.tables.USAGE_TABLE, Item }));
  }
  await run();
  expect(await usageOf(tenantId, '2026-11-22')).toMatchObject({ operations: 7, refused: 2 });
  expect(await usageOf(tenantId, '2026-11-23')).not.toHaveProperty('refused');
  expect(await usageOf(tenantId, 'month#2026-11')).toMatchObject({ operations: 15, refused: 2 });
});

test('a gate that was removed does not come back', async () => {
  const tenantId = `gone-${tenants}`;
  const gate = { tenantId, 'day#2026-10-31': 4, 'month#2026-10': 4 };
  await takeOverCounts({ documents: engine.documents, tables: engine.tables, clock: () => now })(tenantId, gate);
  expect(await gateOf(tenantId)).toBeUndefined();
  expect(await usageOf(tenantId, '2026-10-31')).toMatchObject({ operations: 4 });
});

test('killed after any of its calls, the next run ends with the same', async () => {
  let kills = 0;
  for (let calls = 1; ; calls += 1) {
    const tenantId = await givenTenant({ ...threeDays, 'refused#2026-10-31': 9 });
    const gate = (await gateOf(tenantId)) ?? {};
    const documents = crashAfter(calls)(engine.documents);
    const outcome = await takeOverCounts({ documents, tables: engine.tables, clock: () => now })(tenantId, gate).catch(
      (fault: unknown) => fault,
    );
    if (outcome instanceof Killed) kills += 1;
    else expect(outcome).toBeUndefined();
    await run();
    expect(await usageOf(tenantId, 'month#2026-11')).toMatchObject({ operations: 12, reads: 4, writes: 7 });
    expect(await usageOf(tenantId, 'month#2026-10')).toMatchObject({ operations: 4, refused: 9 });
    expect(Object.keys((await gateOf(tenantId)) ?? {}).filter((name) => name.endsWith('#2026-10-31'))).toEqual([]);
    if (outcome === undefined) break;
  }
  expect(kills).toBeGreaterThan(8);
});

test('exact beside the gate’s own writes, runs that overlap, and midnights', async () => {
  const tenantId = await givenTenant();
  const days = ['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03'];
  const counted = { reads: 0, writes: 0, refused: 0 };
  for (const day of days) {
    now = new Date(`${day}T00:00:30.000Z`);
    const requests = Array.from({ length: 60 }, async (_, index) => {
      const isWrite = index % 3 === 0;
      await count(tenantId, day, isWrite);
      counted[isWrite ? 'writes' : 'reads'] += 1;
      if (index % 6 > 0) return;
      await refuse(tenantId, day);
      counted.refused += 1;
    });
    await Promise.all([...requests, run(), run(), run()]);
  }
  now = new Date('2027-01-03T00:00:00.000Z');
  await run();
  const months = await Promise.all(['2026-11', '2026-12'].map((month) => usageOf(tenantId, `month#${month}`)));
  const sum = (name: string) => months.reduce((total, item) => total + Number(item?.[name]), 0);
  expect({ reads: sum('reads'), writes: sum('writes'), refused: sum('refused') }).toEqual(counted);
  for (const day of days)
    expect(await usageOf(tenantId, day)).toMatchObject({ operations: 60, writes: 20, refused: 10 });
  expect(await gateOf(tenantId)).toEqual(gateItem(tenantId, limits, 'pooled'));
});

test('one gate that cannot be taken over does not hold up the others, and is named', async () => {
  const bad = await givenTenant({ 'day#2026-11-23': 2 });
  const good = await givenTenant({ 'day#2026-11-23': 3 });
  const send = async (command: { input: { Key?: { tenantId?: string } } }) => {
    if (command.input.Key?.tenantId === bad) throw new Error('throttled');
    return engine.documents.send(command as never);
  };
  const documents = { send, config: engine.documents.config } as unknown as DynamoDBDocumentClient;
  Object.setPrototypeOf(documents, Object.getPrototypeOf(engine.documents) as object);
  await expect(run(documents)).rejects.toEqual(
    expect.objectContaining({ name: 'MeteringError', tenantIds: [bad] } satisfies Partial<MeteringError>),
  );
  expect(await usageOf(good, '2026-11-23')).toMatchObject({ operations: 3 });
  await run();
  expect(await usageOf(bad, '2026-11-23')).toMatchObject({ operations: 2 });
});

test('an idle tenant has no item of usage', async () => {
  const tenantId = await givenTenant();
  await run();
  const { Items = [] } = await send<{ Items?: { tenantId: string }[] }>(
    new ScanCommand({ TableName: engine.tables.USAGE_TABLE }),
  );
  expect(Items.some((item) => item.tenantId === tenantId)).toBe(false);
});
