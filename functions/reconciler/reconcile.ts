import { checkReleases } from './check-releases.ts';
import { checkRuns } from './check-runs.ts';
import { checkStacks } from './check-stacks.ts';
import { checkTenants } from './check-tenants.ts';
import type { Dependencies, Finding } from './dependencies.ts';
import { report } from './report.ts';

const checks = [checkRuns, checkTenants, checkStacks, checkReleases];

/**
 * Compares what is written with what is there, once. A check that fails holds up no other.
 *
 * @throws AggregateError of what the failed checks threw, when all are done
 */
export async function reconcile(dependencies: Dependencies): Promise<Finding[]> {
  const findings: Finding[] = [];
  const faults: unknown[] = [];
  for (const check of checks) {
    try {
      for (const finding of await check(dependencies)) {
        findings.push(finding);
        await report(finding, dependencies);
      }
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} checks of the reconciler failed: ${faults.join('; ')}`);
  return findings;
}
