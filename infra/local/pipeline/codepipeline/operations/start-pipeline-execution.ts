import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Operation } from '../../../service.ts';
import type { Declaration } from '../definition/declaration.ts';
import type { Executor } from '../execution/executor.ts';
import type { Execution, Pipeline, SourceOverride } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { codepipelineOperation, invalidInput, name } from './operation.ts';

const input = z.object({
  name,
  clientRequestToken: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,128}$/, 'expected 1 to 128 letters, digits and -')
    .optional(),
  variables: z.array(z.object({ name: z.string(), value: z.string().min(1).max(1000) })).default([]),
  sourceRevisions: z
    .array(
      z.object({
        actionName: z.string(),
        revisionType: z.enum(['S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY']),
        revisionValue: z.string().min(1),
      }),
    )
    .default([]),
});

/** Starts under one token make one execution: the later ones answer the first's id, whatever else they ask for. */
export function startPipelineExecution(store: PipelineStore, executor: Executor): Operation {
  return codepipelineOperation(input, async (call, request) => {
    call.authorize('codepipeline:StartPipelineExecution', store.arn(request.name));
    const pipeline = store.pipelineOf(request.name);
    const { clientRequestToken: token } = request;
    const known = token === undefined ? undefined : store.executionOfToken(pipeline.name, token);
    if (known) return { pipelineExecutionId: known.id };
    requireSourceActions(pipeline.declaration, request.sourceRevisions);
    const started = await startExecution(store, executor, pipeline, {
      trigger: { type: 'StartPipelineExecution', detail: call.principal.arn },
      variables: resolvedVariables(pipeline.declaration, request.variables),
      sources: request.sourceRevisions,
      token,
    });
    return { pipelineExecutionId: started.id };
  });
}

/** Fifty at once. Source: CodePipeline user guide, "Quotas in AWS CodePipeline". */
const mostParallel = 50;

export async function startExecution(
  store: PipelineStore,
  executor: Executor,
  { name: pipeline, version, declaration }: Pipeline,
  request: Pick<Execution, 'trigger' | 'variables' | 'sources' | 'token'> &
    Partial<Pick<Execution, 'stage' | 'rollback'>>,
): Promise<Execution> {
  requireRoom(store, pipeline, declaration);
  const now = store.clock.now();
  const execution: Execution = {
    id: store.newId(),
    pipeline,
    version,
    status: 'InProgress',
    startedAt: now,
    updatedAt: now,
    attempt: 1,
    stage: 0,
    entered: false,
    stages: {},
    actions: [],
    unsent: [],
    ...request,
  };
  // It shows within this turn, so a second start under its token finds it.
  await store.save(execution, [{ of: 'pipeline', state: 'STARTED' }]);
  executor.advance(pipeline);
  return execution;
}

/** Throws ValidationException for a variable that the pipeline does not have, and for one without any value. */
export function resolvedVariables(
  { variables: declared }: Declaration,
  given: readonly { readonly name: string; readonly value: string }[],
): Record<string, string> {
  const unknown = given.find((variable) => !declared.some((one) => one.name === variable.name));
  if (unknown) throw invalidInput(`The pipeline has no variable ${unknown.name}: it has ${namesOf(declared)}`);
  const values = declared.map(({ name: variable, defaultValue }) => {
    const value = given.find((one) => one.name === variable)?.value ?? defaultValue;
    if (value === undefined) throw invalidInput(`The variable ${variable} has no default: a start must give its value`);
    return [variable, value] as const;
  });
  return Object.fromEntries(values);
}

function namesOf(declared: Declaration['variables']): string {
  return declared.map((variable) => variable.name).join(', ') || 'none';
}

function requireSourceActions({ stages: [sources] }: Declaration, overrides: readonly SourceOverride[]): void {
  const unknown = overrides.find(({ actionName }) => !sources?.actions.some((action) => action.name === actionName));
  if (unknown) throw invalidInput(`The pipeline has no source action ${unknown.actionName}`);
}

function requireRoom(store: PipelineStore, pipeline: string, { executionMode }: Declaration): void {
  if (executionMode === 'SUPERSEDED') return;
  const active = store
    .executionsOf(pipeline)
    .filter(({ status }) => status === 'InProgress' || status === 'Stopping').length;
  if (active < mostParallel) return;
  throw new AwsError(
    'ConcurrentPipelineExecutionsLimitExceededException',
    `Pipeline ${pipeline} has ${active} executions under way, the limit is ${mostParallel}`,
  );
}
