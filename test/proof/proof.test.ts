import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsAmong } from '../support/faults.ts';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { proveIsolation } from './prove-isolation.ts';
import { findingsOf, holds, lineOf, totalsOf } from './report.ts';

let cotenant: Cotenant;
beforeAll(async () => {
  cotenant = await startCotenant();
}, 120_000);
afterAll(() => cotenant?.stop());

test('no tenant reaches another, whatever the tiers, roles, fields and ways in', async () => {
  const report = await proveIsolation({
    deployment: cotenant.outputs,
    tiers: ['BASIC', 'STANDARD', 'PREMIUM', 'PLATINUM'],
    onGroup: (group) => process.stdout.write(`${lineOf(group)}\n`),
  });
  expect(findingsOf(report.groups)).toEqual([]);
  expect(holds(report)).toBe(true);
  expect(totalsOf(report.groups).cases).toBeGreaterThan(2000);
  expect(faultsAmong(await cotenant.logs())).toEqual([]);
}, 600_000);
