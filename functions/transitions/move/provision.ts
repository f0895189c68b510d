import { pooledStack } from '../../layer/registry.ts';
import { newRun } from '../../layer/runs/new-run.ts';
import { awaitRun, RunFailedError } from '../removal/await-run.ts';
import { StackBusyError } from '../removal/remove-stack.ts';
import { readStack } from '../situation.ts';
import { MoveFailedError } from './errors.ts';
import type { MoveStepOf } from './step.ts';

/** A silo is made by a run of the provisioning pipeline, with the pool's release; the pool is there. */
export const provision: MoveStepOf = async ({ transition }, dependencies) => {
  const { toStack, runId, startedBy } = transition;
  if (toStack === pooledStack) return { step: 'COPY_USERS' };
  if (runId !== undefined) {
    try {
      return (await awaitRun(runId, dependencies)) ?? { step: 'COPY_USERS' };
    } catch (error) {
      // Nothing changes that by waiting: the move is undone, and can be ordered again.
      throw error instanceof RunFailedError ? new MoveFailedError(error.message) : error;
    }
  }
  const busy = (await readStack(toStack, dependencies))?.currentRunId;
  if (busy !== undefined) throw new StackBusyError(toStack, busy);
  const release = (await readStack(pooledStack, dependencies))?.release;
  if (release === undefined) throw new MoveFailedError('The pool has no release that a stack could be made of');
  const request = { tenantId: toStack, action: 'PROVISION', release, requestedBy: startedBy } as const;
  const { run, writes } = newRun(request, dependencies);
  return { set: { runId: run.runId }, writes };
};
