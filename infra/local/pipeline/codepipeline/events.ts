import type { BusEntry, JsonObject } from '../../service.ts';
import type { ActionExecution, Execution } from './model.ts';
import type { PipelineStore } from './store.ts';

/** What happened to an execution, to its stage, or to one of its actions. */
export type Change =
  | { readonly of: 'pipeline'; readonly state: string }
  | { readonly of: 'stage'; readonly stage: string; readonly state: string }
  | { readonly of: 'action'; readonly action: ActionExecution; readonly state: string };

/** Source: CodePipeline user guide, "Monitoring CodePipeline events". */
export function changeEvent(
  store: Pick<PipelineStore, 'arn' | 'environment' | 'structureOf' | 'clock'>,
  execution: Execution,
  change: Change,
): BusEntry {
  const common = {
    pipeline: execution.pipeline,
    'execution-id': execution.id,
    'start-time': new Date(store.clock.now()).toISOString(),
    version: execution.version,
    'pipeline-execution-attempt': execution.attempt,
    state: change.state,
  };
  const entry = (kind: string, detail: JsonObject): BusEntry => ({
    busName: 'default',
    source: 'aws.codepipeline',
    detailType: `CodePipeline ${kind} Execution State Change`,
    detail,
    resources: [store.arn(execution.pipeline)],
  });
  switch (change.of) {
    case 'pipeline': {
      const { type, detail } = execution.trigger;
      const trigger = { 'execution-trigger': { 'trigger-type': type, 'trigger-detail': detail } };
      return entry('Pipeline', { ...common, ...(change.state === 'STARTED' ? trigger : {}) });
    }
    case 'stage':
      return entry('Stage', { ...common, stage: change.stage });
    case 'action':
      return entry('Action', { ...common, ...describeAction(store, execution, change.action, change.state) });
  }
}

function describeAction(
  store: Pick<PipelineStore, 'environment' | 'structureOf'>,
  execution: Execution,
  action: ActionExecution,
  state: string,
): JsonObject {
  const type = store
    .structureOf(execution.pipeline, execution.version)
    .stages.find(({ name }) => name === action.stage)
    ?.actions.find(({ name }) => name === action.action)?.actionTypeId;
  const artifacts = (locations: ActionExecution['inputs']) =>
    locations.map(({ name, bucket, key }) => ({ name, s3location: { bucket, key } }));
  const { externalId, error, summary } = action;
  const result = {
    ...(externalId === undefined ? {} : { 'external-execution-id': externalId }),
    ...(error ? { 'external-execution-summary': error.message, 'error-code': error.code } : {}),
    ...(!error && summary ? { 'external-execution-summary': summary } : {}),
  };
  return {
    stage: action.stage,
    action: action.action,
    'action-execution-id': action.id,
    region: store.environment.region,
    type: { ...type } as JsonObject,
    ...(action.inputs.length > 0 ? { 'input-artifacts': artifacts(action.inputs) } : {}),
    ...(action.outputs.length > 0 ? { 'output-artifacts': artifacts(action.outputs) } : {}),
    ...(state === 'STARTED' ? {} : { 'execution-result': result }),
  };
}
