import { expect, test } from 'vitest';
import { isGroupGuard } from './guard.ts';
import { guards } from './guards.ts';
import { proveWithout } from './prove-without.ts';

/** The proof is worth what it notices: each of these is taken out of a copy of the project, and the proof has to fail there. */
test.each(guards.filter(isGroupGuard).map((guard) => [guard.name, guard] as const))(
  'without %s, the proof fails',
  async (_, guard) => {
    const findings = await proveWithout(guard);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) expect(guard.noticedBy.groups).toContain(finding.split(/ · |: /)[0]);
  },
  300_000,
);
