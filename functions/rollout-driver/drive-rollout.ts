import { GetPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import { isSettled } from '../layer/rollouts/rollout.ts';
import { readActiveRollout } from '../layer/rollouts/rollout-store.ts';
import { answerPipeline } from './answer-pipeline.ts';
import type { Dependencies } from './dependencies.ts';
import { resumeRollout } from './resume-rollout.ts';
import { startAttempt } from './start-attempt.ts';

/**
 * Looks at the rollout that is under way and at its pipeline, and does the one next thing. Whatever may have changed calls it: the
 * table's stream, the pipeline's events, a schedule. So it may run twice, in parallel with itself, or die at any point.
 */
export function driveRollout(dependencies: Dependencies) {
  const { pipeline, pipelineName } = dependencies;
  return async (): Promise<void> => {
    const rollout = await readActiveRollout(dependencies);
    if (!rollout || isSettled(rollout)) return;
    const { executionId } = rollout;
    if (executionId === undefined) {
      await startAttempt(rollout, dependencies);
      return;
    }
    const { pipelineExecution } = await pipeline.send(
      new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId: executionId }),
    );
    const status = pipelineExecution?.status ?? 'Unknown';
    if (status === 'InProgress' || status === 'Stopping') {
      await answerPipeline(rollout, executionId, dependencies);
      return;
    }
    await resumeRollout(rollout, status, dependencies);
  };
}
