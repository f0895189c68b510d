import type { RolloutItem } from '../../layer/rollouts/rollout.ts';
import { RefusedWritesError } from '../../layer/rollouts/rollout-store.ts';
import { newRun } from '../../layer/runs/new-run.ts';
import { changeBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** How long a stack that another run has is waited for, and how often it is looked at, in milliseconds. */
const patience = 15 * 60 * 1000;
const interval = 2000;

/** Another run kept the stack for longer than a rollout waits. */
export class StackBusyError extends Error {
  override readonly name = 'StackBusyError';
  constructor(readonly tenantId: string) {
    super(`Another run has had the stack of ${tenantId} for ${patience / 60_000} minutes`);
  }
}

/**
 * Requests a run that brings a stack to a release, in the transaction that writes it down in the rollout. Waits for another
 * run that has the stack. Answers undefined if `record` answers undefined, which says that none is wanted any more.
 *
 * @throws StackBusyError
 */
export async function beginRun(
  build: WaveBuild,
  to: { readonly tenantId: string; readonly release: string },
  record: (rollout: RolloutItem, runId: string) => RolloutItem | undefined,
  dependencies: WaveDependencies,
): Promise<string | undefined> {
  const { runs, clock, sleep } = dependencies;
  const { rolloutId } = build;
  const end = clock().getTime() + patience;
  for (;;) {
    const { run, writes } = newRun({ ...to, action: 'UPDATE', requestedBy: 'system', rolloutId }, runs);
    let isWanted = false;
    try {
      await changeBuild(
        build,
        (rollout) => {
          const recorded = record(rollout, run.runId);
          isWanted = recorded !== undefined;
          return recorded && { rollout: recorded, also: writes };
        },
        dependencies,
      );
      return isWanted ? run.runId : undefined;
    } catch (error) {
      if (!(error instanceof RefusedWritesError)) throw error;
    }
    if (clock().getTime() > end) throw new StackBusyError(to.tenantId);
    await sleep(interval);
  }
}
