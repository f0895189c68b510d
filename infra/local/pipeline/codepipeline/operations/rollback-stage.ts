import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Operation } from '../../../service.ts';
import type { Executor } from '../execution/executor.ts';
import { succeededRuns } from '../execution/resolve-variables.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, executionId, name } from './operation.ts';
import { startExecution } from './start-pipeline-execution.ts';

const input = z.object({ pipelineName: name, stageName: name, targetPipelineExecutionId: executionId });

/**
 * Runs one stage anew with the artifacts and variables of an execution that succeeded in it. Source: CodePipeline user
 * guide, "Configuring stage rollback" and, for PARALLEL mode, "Set or change the pipeline execution mode".
 */
export function rollbackStage(store: PipelineStore, executor: Executor): Operation {
  return codepipelineOperation(input, async (call, { pipelineName, stageName, targetPipelineExecutionId }) => {
    call.authorize('codepipeline:RollbackStage', store.arn(pipelineName, stageName));
    const pipeline = store.pipelineOf(pipelineName);
    const target = store.executionOf(pipelineName, targetPipelineExecutionId);
    const { stages, executionMode } = pipeline.declaration;
    const stage = stages.findIndex((one) => one.name === stageName);
    if (stage < 0) throw new AwsError('StageNotFoundException', `Pipeline ${pipelineName} has no stage ${stageName}`);
    const refusal = (reason: string) =>
      new AwsError('UnableToRollbackStageException', `Unable to roll back the stage ${stageName}: ${reason}`);
    if (executionMode === 'PARALLEL') throw refusal('the pipeline is in PARALLEL mode');
    if (stage === 0) throw refusal('it is the source stage');
    if (target.rollback) throw refusal(`the execution ${target.id} is a rollback itself`);
    if (target.stages[stageName]?.status !== 'Succeeded')
      throw refusal(`the execution ${target.id} has not succeeded in it`);
    if (target.version !== pipeline.version)
      throw new AwsError(
        'PipelineExecutionOutdatedException',
        `The execution ${target.id} ran version ${target.version} of the pipeline, which is at ${pipeline.version}`,
      );
    const before = new Set(stages.slice(0, stage).map((one) => one.name));
    const started = await startExecution(store, executor, pipeline, {
      trigger: { type: 'ManualRollback', detail: call.principal.arn },
      variables: target.variables,
      sources: target.sources,
      token: undefined,
      stage,
      rollback: { target: target.id, inherited: succeededRuns(target).filter((run) => before.has(run.stage)) },
    });
    return { pipelineExecutionId: started.id };
  });
}
