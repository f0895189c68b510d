import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import { pageOf } from '../../read-input.ts';
import type { ActionExecution, Execution } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, executionId, name, page, pageError } from './operation.ts';

/** GetPipelineExecution, ListPipelineExecutions and ListActionExecutions: the newest first. */
export function executionQueries(store: PipelineStore): Record<string, Operation> {
  const of = { pipelineName: name };
  const listInput = z.object({
    ...of,
    ...page,
    filter: z.object({ succeededInStage: z.object({ stageName: name }).optional() }).optional(),
  });
  const actionsInput = z.object({
    ...of,
    ...page,
    filter: z
      .object({
        pipelineExecutionId: executionId.optional(),
        latestInPipelineExecution: z.object({ pipelineExecutionId: executionId }).optional(),
      })
      .optional(),
  });

  return {
    GetPipelineExecution: codepipelineOperation(
      z.object({ ...of, pipelineExecutionId: executionId }),
      (call, { pipelineName, pipelineExecutionId }) => {
        call.authorize('codepipeline:GetPipelineExecution', store.arn(pipelineName));
        store.pipelineOf(pipelineName);
        return { pipelineExecution: describeExecution(store, store.executionOf(pipelineName, pipelineExecutionId)) };
      },
    ),

    ListPipelineExecutions: codepipelineOperation(listInput, (call, { pipelineName, filter, ...paging }) => {
      call.authorize('codepipeline:ListPipelineExecutions', store.arn(pipelineName));
      store.pipelineOf(pipelineName);
      const stage = filter?.succeededInStage?.stageName;
      const found = store
        .executionsOf(pipelineName)
        .filter(({ stages }) => stage === undefined || stages[stage]?.status === 'Succeeded')
        .reverse();
      const { items, nextToken } = pageOf(found, {
        size: paging.maxResults,
        token: paging.nextToken,
        code: pageError,
      });
      return { pipelineExecutionSummaries: items.map((execution) => summarize(store, execution)), nextToken };
    }),

    ListActionExecutions: codepipelineOperation(actionsInput, (call, { pipelineName, filter, ...paging }) => {
      call.authorize('codepipeline:ListActionExecutions', store.arn(pipelineName));
      store.pipelineOf(pipelineName);
      const latest = filter?.latestInPipelineExecution?.pipelineExecutionId;
      const wanted = latest ?? filter?.pipelineExecutionId;
      const executions =
        wanted === undefined ? store.executionsOf(pipelineName) : [store.executionOf(pipelineName, wanted)];
      const runs = executions
        .flatMap((execution) => execution.actions.map((action) => ({ execution, action })))
        .filter(({ action }) => latest === undefined || !action.retired)
        .sort((left, right) => left.action.startedAt - right.action.startedAt)
        .reverse();
      const { items, nextToken } = pageOf(runs, { size: paging.maxResults, token: paging.nextToken, code: pageError });
      const actionExecutionDetails = items.map(({ execution, action }) => describeAction(store, execution, action));
      return { actionExecutionDetails, nextToken };
    }),
  };
}

function describeExecution(store: PipelineStore, execution: Execution) {
  const { executionMode, variables } = store.structureOf(execution.pipeline, execution.version);
  return {
    pipelineName: execution.pipeline,
    pipelineVersion: execution.version,
    pipelineExecutionId: execution.id,
    status: execution.status,
    statusSummary: execution.statusSummary,
    artifactRevisions: execution.actions.flatMap(({ revision, outputs }) =>
      revision
        ? [
            {
              name: outputs[0]?.name,
              revisionId: revision.id,
              revisionChangeIdentifier: revision.id,
              revisionSummary: revision.summary,
              created: new Date(revision.createdAt),
            },
          ]
        : [],
    ),
    trigger: { triggerType: execution.trigger.type, triggerDetail: execution.trigger.detail },
    variables: variables.map(({ name: variable }) => ({
      name: variable,
      resolvedValue: execution.variables[variable],
    })),
    executionMode,
    ...typeOf(execution),
  };
}

function typeOf({ rollback }: Execution) {
  return rollback
    ? { executionType: 'ROLLBACK', rollbackMetadata: { rollbackTargetPipelineExecutionId: rollback.target } }
    : { executionType: 'STANDARD' };
}

function summarize(store: PipelineStore, execution: Execution) {
  const { executionMode } = store.structureOf(execution.pipeline, execution.version);
  return {
    pipelineExecutionId: execution.id,
    status: execution.status,
    statusSummary: execution.statusSummary,
    startTime: new Date(execution.startedAt),
    lastUpdateTime: new Date(execution.updatedAt),
    sourceRevisions: execution.actions.flatMap(({ revision, action }) =>
      revision ? [{ actionName: action, revisionId: revision.id, revisionSummary: revision.summary }] : [],
    ),
    trigger: { triggerType: execution.trigger.type, triggerDetail: execution.trigger.detail },
    ...(execution.stop ? { stopTrigger: { reason: execution.stop.reason } } : {}),
    executionMode,
    ...typeOf(execution),
  };
}

function describeAction(store: PipelineStore, execution: Execution, action: ActionExecution) {
  const declared = store
    .structureOf(execution.pipeline, execution.version)
    .stages.find(({ name: stage }) => stage === action.stage)
    ?.actions.find(({ name: one }) => one === action.action);
  const artifacts = (locations: ActionExecution['inputs']) =>
    locations.map(({ name: artifact, bucket, key }) => ({ name: artifact, s3location: { bucket, key } }));
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: action.id,
    pipelineVersion: execution.version,
    stageName: action.stage,
    actionName: action.action,
    startTime: new Date(action.startedAt),
    lastUpdateTime: new Date(action.updatedAt),
    updatedBy: action.updatedBy,
    status: action.status,
    input: {
      actionTypeId: declared?.actionTypeId,
      configuration: declared?.configuration,
      resolvedConfiguration: action.configuration,
      roleArn: declared?.roleArn,
      region: store.environment.region,
      inputArtifacts: artifacts(action.inputs),
      namespace: declared?.namespace,
    },
    output: {
      outputArtifacts: artifacts(action.outputs),
      executionResult: {
        externalExecutionId: action.externalId,
        externalExecutionSummary: action.error?.message ?? action.summary,
        errorDetails: action.error,
      },
      outputVariables: action.variables,
    },
  };
}
