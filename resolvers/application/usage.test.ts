import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dayCount, refusalCount, writeCount } from '../../schema/gate.ts';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../testing/application-plane.ts';
import { requestsTo } from '../testing/gate-requests.ts';

let plane: ApplicationPlane;
beforeAll(async () => {
  plane = await startApplicationPlane();
  plane.setTime(Date.parse('2026-11-28T12:00:00Z'));
});
afterAll(() => plane.stop());

let count = 0;
let tenantId: string;
beforeEach(async () => {
  count += 1;
  tenantId = `tenant-${count}`;
  await plane.openGate(tenantId);
});

const ask = (args = {}) => plane.ask(callerOf(tenantId), 'Query.usageByDay', args);

async function metered(...days: [day: string, operations: number][]): Promise<void> {
  const items = days.map(([day, operations]) => {
    const counts = { operations, reads: operations - 1, writes: 1, subscriptions: 0 };
    return { PutRequest: { Item: { tenantId, day, ...counts, cost: 7, pricesAsOf: '2026-11-01' } } };
  });
  const table = plane.tables['USAGE_TABLE'] ?? '';
  await plane.documents.send(new BatchWriteCommand({ RequestItems: { [table]: items } }));
}

const { setGate } = requestsTo(() => plane);
const counted = (day: string, operations: number, writes: number): Promise<void> =>
  setGate(tenantId, { [dayCount(day)]: operations, [writeCount(day)]: writes });

async function refused(...days: [day: string, count: number][]): Promise<void> {
  for (const [day, count] of days) await setGate(tenantId, { [refusalCount(day)]: count });
}

test('a tenant without a request but this one has today', async () => {
  const today = { day: '2026-11-28', operations: 1, reads: 1, writes: 0, subscriptions: 0, refused: 0 };
  expect(await ask()).toEqual([today]);
});

test('what is metered and what the gate has counted since are one list, oldest first, without months and without cost', async () => {
  await metered(['2026-11-28', 3], ['2026-11-27', 9], ['2026-11-26', 5], ['month#2026-11', 17]);
  // Its removal from the gate is late, and it is metered already.
  await counted('2026-11-26', 4, 0);
  await counted('2026-11-28', 6, 2);
  expect(await ask()).toEqual([
    { day: '2026-11-26', operations: 5, reads: 4, writes: 1, subscriptions: 0, refused: 0 },
    { day: '2026-11-27', operations: 9, reads: 8, writes: 1, subscriptions: 0, refused: 0 },
    { day: '2026-11-28', operations: 7, reads: 5, writes: 2, subscriptions: 0, refused: 0 },
  ]);
});

test('refusals are as new as the newer of both, also on a day that had nothing else', async () => {
  await metered(['2026-11-27', 9], ['2026-11-28', 3]);
  await refused(['2026-11-25', 2], ['2026-11-28', 4]);
  await counted('2026-11-27', 9, 1);
  await refused(['2026-11-27', 6]);
  expect(await ask()).toMatchObject([
    { day: '2026-11-25', operations: 0, reads: 0, refused: 2 },
    { day: '2026-11-27', operations: 9, reads: 8, writes: 1, refused: 6 },
    { day: '2026-11-28', refused: 4 },
  ]);
});

test('days before those that are asked for are left out, also where there are gaps', async () => {
  await metered(['2026-11-01', 3], ['2026-11-26', 3], ['2026-11-27', 3]);
  expect(await ask({ days: 2 })).toMatchObject([{ day: '2026-11-27' }, { day: '2026-11-28' }]);
  expect(await ask({ days: 90 })).toHaveLength(4);
});

test('another tenant’s days are not told', async () => {
  await metered(['2026-11-27', 9]);
  await plane.openGate('another');
  const answer = await plane.ask(callerOf('another'), 'Query.usageByDay');
  expect(answer).toMatchObject([{ day: '2026-11-28', operations: 1 }]);
});

test.each([0, -1, 91, 2147483647])('%d days are refused', async (days) => {
  await expect(ask({ days })).rejects.toMatchObject({ errorType: 'BadRequest' });
});
