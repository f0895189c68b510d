import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTestGuard } from './guard.ts';
import { guards } from './guards.ts';
import { testsWithout } from './tests-without.ts';

/** A test is worth what it notices: each guard is taken out of a copy of the project, and its test has to fail there. */
const removals = guards.filter(isTestGuard);
let outcomes: readonly (string | undefined)[] = [];
beforeAll(async () => {
  outcomes = await testsWithout(removals);
}, 600_000);
afterAll(() => {
  const noticed = outcomes.filter((outcome) => outcome === undefined).length;
  process.stdout.write(`guards removed: ${noticed} of ${removals.length} noticed by their tests\n`);
});

test.each(removals.map(({ name }, index) => [name, index] as const))('without %s, its test fails', (_, index) => {
  expect(outcomes[index]).toBeUndefined();
});
