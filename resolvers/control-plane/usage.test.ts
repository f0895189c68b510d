import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../infra/local/service.ts';
import { type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
const calls: JsonObject[] = [];
beforeAll(async () => {
  plane = await startControlPlane();
  plane.functions['usage'] = (payload) => {
    calls.push(payload);
    return { answered: true };
  };
});
afterAll(() => plane.stop());

const report = (from: string, to: string, tenantId = 'T1') => plane.ask('Query.tenantUsage', { tenantId, from, to });

test('tenantUsage asks for days of UTC, both ends included', async () => {
  expect(await report('2026-11-01', '2026-11-30Z')).toEqual({ answered: true });
  expect(calls.at(-1)).toMatchObject({
    field: 'tenantUsage',
    arguments: { tenantId: 'T1', from: '2026-11-01', to: '2026-11-30' },
  });
  await report('2026-11-30', '2026-11-30');
  await report('2027-11-30', '2028-11-29');
});

test.each([
  ['2026-11-02', '2026-11-01', 'before from'],
  ['2027-11-30', '2028-11-30', '367 days, expected at most 366'],
  ['2026-11-01+02:00', '2026-11-30', 'expected a day of UTC'],
])('tenantUsage from %s to %s is refused: %s', async (from, to, message) => {
  const before = calls.length;
  await expect(report(from, to)).rejects.toMatchObject({
    errorType: 'BadRequest',
    message: expect.stringContaining(message) as unknown,
  });
  expect(calls).toHaveLength(before);
});

test('tenantUsage of what could not be a tenant’s id is null, and asks nobody', async () => {
  const before = calls.length;
  expect(await report('2026-11-01', '2026-11-30', 'SLUG#acme')).toBeNull();
  expect(calls).toHaveLength(before);
});

test.each(['2026-13', '2026-1', '2026-11-01', '', 'x'.repeat(5000)])('usageSummary of %j is refused', async (month) => {
  await expect(plane.ask('Query.usageSummary', { month })).rejects.toMatchObject({ errorType: 'BadRequest' });
});

test('usageSummary asks for its month; neither answers who is no operator', async () => {
  expect(await plane.ask('Query.usageSummary', { month: '2026-11' })).toEqual({ answered: true });
  const nobody = { errorType: 'Unauthorized' };
  await expect(plane.ask('Query.usageSummary', { month: '2026-11' }, null)).rejects.toMatchObject(nobody);
  const range = { tenantId: 'T1', from: '2026-11-01', to: '2026-11-02' };
  await expect(plane.ask('Query.tenantUsage', range, null)).rejects.toMatchObject(nobody);
});
