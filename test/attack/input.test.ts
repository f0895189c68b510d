import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { registrationAttacks } from './registration.ts';

let cotenant: Cotenant;
beforeAll(async () => {
  cotenant = await startCotenant();
}, 120_000);
afterAll(() => cotenant.stop());

registrationAttacks(() => cotenant);

test('after all that it still runs, and nothing in it broke', async () => {
  expect(await cotenant.faults()).toBe('');
  expect(cotenant.output()).not.toMatch(/\n {4}at |Error|Cotenant could not start/);
});
