import { listStacks } from '../../layer/rollouts/list-stacks.ts';
import { withLateStacks } from '../../layer/rollouts/plan-waves.ts';
import { changeBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** How long stacks that are being made are waited for, and how often they are looked at, in milliseconds. */
const patience = 30 * 60 * 1000;
const interval = 2000;

/**
 * Takes stacks into the last wave that came to be while the rollout ran and have another release. One that is being made is waited
 * for: it may have begun with the release before. Answers whether any joined.
 */
export async function joinLateStacks(build: WaveBuild, dependencies: WaveDependencies): Promise<boolean> {
  const { documents, runs, clock, sleep } = dependencies;
  const end = clock().getTime() + patience;
  for (;;) {
    const stacks = await listStacks({ documents, mappingTable: runs.tables.TENANT_STACK_MAPPING_TABLE });
    let joined = false;
    const rollout = await changeBuild(
      build,
      (current) => {
        if (current.ending) return undefined;
        const withLate = withLateStacks(current, stacks);
        joined = withLate !== current;
        return joined ? { rollout: withLate } : undefined;
      },
      dependencies,
    );
    if (joined || rollout.ending) return joined;
    const inTheMaking = stacks.some(({ status, currentRunId }) => status === 'PROVISIONING' && currentRunId);
    if (!inTheMaking || clock().getTime() > end) return false;
    await sleep(interval);
  }
}
