import { isSettled, isUnderWay, type RolloutItem } from '../layer/rollouts/rollout.ts';
import { changeRollout } from '../layer/rollouts/rollout-store.ts';
import { endEarly, settleEarly } from '../layer/rollouts/wave-steps.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import type { Dependencies } from './dependencies.ts';

/** Executions that may be lost before the rollout halts, and those that may be lost while it is being brought back. */
const mostAttempts = 3;
const mostAttemptsToEnd = 6;

/**
 * The execution has ended and the rollout has not: its build was killed, or somebody stopped the pipeline. Another execution
 * takes up where it was. After three the rollout halts, so that one more can bring the wave back; after six it is told as it stands.
 */
export async function resumeRollout(
  { rolloutId, attempt: lost }: RolloutItem,
  executionStatus: string,
  dependencies: Dependencies,
): Promise<void> {
  const now = dependencies.clock().toISOString();
  await changeRollout(
    rolloutId,
    (rollout) => {
      if (isSettled(rollout) || rollout.attempt !== lost) return undefined;
      const cause = `The pipeline's execution ended ${executionStatus} ${lost} times before its wave was done`;
      const decided = lost >= mostAttempts ? endEarly(rollout, 'HALTED', cause) : rollout;
      if (decided.ending && (!isUnderWay(decided) || lost >= mostAttemptsToEnd)) {
        return { rollout: settleEarly(decided, now) };
      }
      const { executionId: _ended, ...rest } = decided;
      return { rollout: { ...rest, attempt: lost + 1 } };
    },
    dependencies,
  );
  logger.warn('An execution was lost', { rolloutId, attempt: lost, executionStatus });
  metrics.addMetric('RolloutExecutionsLost', MetricUnit.Count, 1);
}
