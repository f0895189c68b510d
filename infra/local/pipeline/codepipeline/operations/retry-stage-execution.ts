import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Operation } from '../../../service.ts';
import type { Executor } from '../execution/executor.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, executionId, name } from './operation.ts';

const input = z.object({
  pipelineName: name,
  stageName: name,
  pipelineExecutionId: executionId,
  retryMode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']),
});

/** Runs the failed actions of a stage again, or all of them, and goes on from there. */
export function retryStageExecution(store: PipelineStore, executor: Executor): Operation {
  return codepipelineOperation(input, async (call, { pipelineName, stageName, pipelineExecutionId, retryMode }) => {
    call.authorize('codepipeline:RetryStageExecution', store.arn(pipelineName, stageName));
    const { declaration } = store.pipelineOf(pipelineName);
    const execution = store.executionOf(pipelineName, pipelineExecutionId);
    const { stages } = store.structureOf(pipelineName, execution.version);
    const index = stages.findIndex((stage) => stage.name === stageName);
    if (index < 0) throw new AwsError('StageNotFoundException', `Pipeline ${pipelineName} has no stage ${stageName}`);
    if (
      (execution.status !== 'Failed' && execution.status !== 'Stopped') ||
      execution.stage !== index ||
      !execution.entered
    )
      throw new AwsError(
        'StageNotRetryableException',
        `The execution is ${execution.status}: a stage is retried where the execution failed or was stopped in it`,
      );
    const later = store.executionsOf(pipelineName).filter(({ stages: seen }) => {
      const other = seen[stageName]?.startedAt ?? 0;
      return other > (execution.stages[stageName]?.startedAt ?? 0);
    });
    if (declaration.executionMode !== 'PARALLEL' && later.length > 0)
      throw new AwsError(
        'NotLatestPipelineExecutionException',
        `Another execution has come into the stage ${stageName} since`,
      );
    const actions = execution.actions.map((action) =>
      action.stage === stageName && (retryMode === 'ALL_ACTIONS' || action.status !== 'Succeeded')
        ? { ...action, retired: true }
        : action,
    );
    const resumed = {
      ...execution,
      actions,
      status: 'InProgress' as const,
      statusSummary: undefined,
      stop: undefined,
      attempt: execution.attempt + 1,
      entered: false,
    };
    await store.save(resumed, [{ of: 'pipeline', state: 'RESUMED' }]);
    executor.advance(pipelineName);
    return { pipelineExecutionId };
  });
}
