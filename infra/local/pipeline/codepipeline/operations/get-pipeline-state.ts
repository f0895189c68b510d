import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import type { ActionDeclaration, StageDeclaration } from '../definition/declaration.ts';
import { currentRun } from '../execution/run-action.ts';
import type { Execution, Pipeline } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, name } from './operation.ts';

/** Each stage with the execution that came into it last. */
export function getPipelineState(store: PipelineStore): Operation {
  return codepipelineOperation(z.object({ name }), (call, { name: pipelineName }) => {
    call.authorize('codepipeline:GetPipelineState', store.arn(pipelineName));
    const pipeline = store.pipelineOf(pipelineName);
    const executions = store.executionsOf(pipelineName);
    return {
      pipelineName,
      pipelineVersion: pipeline.version,
      stageStates: pipeline.declaration.stages.map((stage, index) => describeStage(pipeline, stage, index, executions)),
      created: new Date(pipeline.createdAt),
      updated: new Date(pipeline.updatedAt),
    };
  });
}

function describeStage(
  { declaration: { executionMode } }: Pipeline,
  stage: StageDeclaration,
  index: number,
  executions: readonly Execution[],
) {
  const latest = executions
    .filter(({ stages }) => stages[stage.name])
    .sort((left, right) => startOf(left, stage) - startOf(right, stage))
    .at(-1);
  const inbound = executions.filter(
    ({ status, entered, stage: at }) => status === 'InProgress' && !entered && at === index,
  );
  const described = inbound.map(describeExecution);
  return {
    stageName: stage.name,
    ...(described.length > 0 ? { inboundExecution: described.at(-1), inboundExecutions: described } : {}),
    inboundTransitionState: { enabled: true },
    actionStates: stage.actions.map((action) => describeAction(action, latest, stage, executionMode)),
    ...(latest
      ? {
          latestExecution: {
            pipelineExecutionId: latest.id,
            status: latest.stages[stage.name]?.status,
            type: latest.rollback ? 'ROLLBACK' : 'STANDARD',
          },
        }
      : {}),
  };
}

function startOf({ stages }: Execution, { name: stage }: StageDeclaration): number {
  return stages[stage]?.startedAt ?? 0;
}

function describeExecution({ id, status, rollback }: Execution) {
  return { pipelineExecutionId: id, status, type: rollback ? 'ROLLBACK' : 'STANDARD' };
}

function describeAction(
  action: ActionDeclaration,
  latest: Execution | undefined,
  stage: StageDeclaration,
  mode: Pipeline['declaration']['executionMode'],
) {
  const run = latest && currentRun(latest, stage.name, action.name);
  if (!run) return { actionName: action.name };
  const link = run.configuration['ExternalEntityLink'];
  return {
    actionName: action.name,
    ...(run.revision
      ? {
          currentRevision: {
            revisionId: run.revision.id,
            revisionChangeId: run.revision.id,
            created: new Date(run.revision.createdAt),
          },
        }
      : {}),
    latestExecution: {
      actionExecutionId: run.id,
      status: run.status,
      summary: run.summary,
      lastStatusChange: new Date(run.updatedAt),
      // In parallel pipelines the token is the external id of the action's execution instead.
      token: mode === 'PARALLEL' ? undefined : run.approvalToken,
      externalExecutionId: run.externalId,
      lastUpdatedBy: run.updatedBy,
      errorDetails: run.error,
    },
    ...(link === undefined ? {} : { entityUrl: link }),
  };
}
