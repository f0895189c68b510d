import { isUnderWay, type RolloutItem, waveOf } from '../layer/rollouts/rollout.ts';
import { changeRollout } from '../layer/rollouts/rollout-store.ts';
import { settleEarly, waitForApproval } from '../layer/rollouts/wave-steps.ts';
import type { Dependencies } from './dependencies.ts';
import { answerApproval, pendingApproval } from './pending-approval.ts';

/**
 * Answers the approval that the pipeline waits for, if it does: at once where the wave asks for no person or has been
 * approved, or with a refusal where the rollout is ending and no wave is left to be brought back. Otherwise says that the
 * wave waits.
 */
export async function answerPipeline(rollout: RolloutItem, executionId: string, dependencies: Dependencies) {
  const approval = await pendingApproval(executionId, dependencies);
  if (!approval) return;
  const { wave } = approval;
  const { needsApproval, approvedBy, status } = waveOf(rollout, wave);

  if (rollout.ending && isUnderWay(rollout)) {
    // An execution that follows a lost one passes the waves before, which are done, to the one that is to be brought back.
    await answerApproval(
      approval,
      { status: 'Approved', summary: 'On the way to a wave that goes back' },
      dependencies,
    );
    return;
  }
  if (rollout.ending) {
    // First the pipeline: should we die between, the next look finds an execution that has ended, and settles then.
    const summary = rollout.failure ?? rollout.ending;
    await answerApproval(approval, { status: 'Rejected', summary }, dependencies);
    await settle(rollout.rolloutId, dependencies);
    return;
  }
  if (!needsApproval || approvedBy !== undefined) {
    const summary = approvedBy === undefined ? 'No approval was asked for' : `Approved by ${approvedBy}`;
    await answerApproval(approval, { status: 'Approved', summary }, dependencies);
    return;
  }
  if (status === 'WAITING_FOR_APPROVAL') return;
  await changeRollout(
    rollout.rolloutId,
    (current) => {
      const { status: now } = waveOf(current, wave);
      if (current.attempt !== rollout.attempt || current.ending || now !== 'PENDING') return undefined;
      if (waveOf(current, wave).approvedBy !== undefined) return undefined;
      return { rollout: waitForApproval(current, wave) };
    },
    dependencies,
  );
}

/** No build is at work: what is ending has ended. */
export async function settle(rolloutId: string, dependencies: Dependencies): Promise<void> {
  const { clock } = dependencies;
  await changeRollout(
    rolloutId,
    (rollout) =>
      rollout.ending && (rollout.status === 'RUNNING' || rollout.status === 'WAITING_FOR_APPROVAL')
        ? { rollout: settleEarly(rollout, clock().toISOString()) }
        : undefined,
    dependencies,
  );
}
