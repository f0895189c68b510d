import { StartPipelineExecutionCommand } from '@aws-sdk/client-codepipeline';
import type { RolloutItem } from '../layer/rollouts/rollout.ts';
import { changeRollout } from '../layer/rollouts/rollout-store.ts';
import { logger } from '../layer/telemetry.ts';
import type { Dependencies } from './dependencies.ts';

/**
 * Starts the pipeline for this attempt and writes down its execution. The token makes two starts one execution.
 * Source: AWS CodePipeline API reference, StartPipelineExecution, "clientRequestToken" (1 to 128 letters, digits, hyphens).
 */
export async function startAttempt({ rolloutId, attempt }: RolloutItem, dependencies: Dependencies): Promise<void> {
  const { pipeline, pipelineName } = dependencies;
  const { pipelineExecutionId } = await pipeline.send(
    new StartPipelineExecutionCommand({
      name: pipelineName,
      clientRequestToken: `${rolloutId}-${attempt}`,
      variables: [
        { name: 'ROLLOUT_ID', value: rolloutId },
        { name: 'ATTEMPT', value: String(attempt) },
      ],
    }),
  );
  if (!pipelineExecutionId) throw new Error(`The pipeline answered no execution for attempt ${attempt}`);
  await changeRollout(
    rolloutId,
    (rollout) =>
      rollout.attempt === attempt && rollout.executionId === undefined
        ? { rollout: { ...rollout, executionId: pipelineExecutionId } }
        : undefined,
    dependencies,
  );
  logger.info('A rollout was started', { rolloutId, attempt, executionId: pipelineExecutionId });
}
