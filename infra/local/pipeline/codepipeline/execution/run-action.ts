import { AwsError } from '../../../errors.ts';
import type { Principal } from '../../../service.ts';
import type { CodeBuild } from '../../codebuild/index.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { ActionOutcome, ActionRun } from '../actions/provider.ts';
import { providerOf } from '../actions/providers.ts';
import type { ActionDeclaration, Declaration } from '../definition/declaration.ts';
import type { ActionExecution, ApprovalAnswer, ArtifactLocation, Execution } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { resolveVariables, succeededRuns } from './resolve-variables.ts';

export interface ActionContext {
  readonly store: PipelineStore;
  readonly dependencies: PipelineDependencies;
  readonly codebuild: CodeBuild;
  /** Resolves with the answer to the approval that this run of an action asks for. */
  answerOf(actionId: string): Promise<ApprovalAnswer>;
}

export type StopSignal = ActionRun['signal'];

/** Runs an action of an execution's stage, or goes on with it; its end is in the execution when this resolves. */
export async function runAction(
  context: ActionContext,
  executionId: string,
  { stageName, declaration }: { readonly stageName: string; readonly declaration: ActionDeclaration },
  signal: StopSignal,
): Promise<void> {
  const { store } = context;
  const current = (): Execution => store.executions.get(executionId) as Execution;
  const structure = store.structureOf(current().pipeline, current().version);
  const record =
    currentRun(current(), stageName, declaration.name) ??
    (await begin(context, current(), stageName, declaration, structure));
  if (record.status !== 'InProgress') return;
  try {
    const outcome = await untilStopped(work(context, current(), declaration, record, structure, signal), signal);
    await settle(store, executionId, record.id, { status: 'Succeeded', ...outcome });
  } catch (error) {
    if (error === stoppedByHost) return;
    if (error === abandoned) return await settle(store, executionId, record.id, { status: 'Abandoned' });
    if (!(error instanceof AwsError))
      process.stderr.write(`CodePipeline, action ${declaration.name}: ${String(error)}\n`);
    const code = error instanceof AwsError ? codeOf(error) : 'InternalError';
    const message = error instanceof Error ? error.message : String(error);
    await settle(store, executionId, record.id, { status: 'Failed', error: { code, message } });
  }
}

/** The run of the action that counts. */
export function currentRun(execution: Execution, stage: string, action: string): ActionExecution | undefined {
  return execution.actions.findLast((run) => run.stage === stage && run.action === action && !run.retired);
}

async function begin(
  { store, dependencies }: ActionContext,
  execution: Execution,
  stage: string,
  { name, actionTypeId, configuration, inputArtifacts, outputArtifacts }: ActionDeclaration,
  { artifactStore }: Declaration,
): Promise<ActionExecution> {
  const now = store.clock.now();
  const id = dependencies.newId();
  const made = succeededRuns(execution).flatMap(({ outputs }) => outputs);
  const locate = (artifact: string): ArtifactLocation => ({
    name: artifact,
    bucket: artifactStore.location,
    // As AWS lays its artifact bucket out: <pipeline>/<artifact>/<some letters>.
    key: `${execution.pipeline.slice(0, 20)}/${artifact.slice(0, 10)}/${id.replaceAll('-', '').slice(0, 12)}`,
  });
  const record: ActionExecution = {
    id,
    stage,
    action: name,
    status: 'InProgress',
    startedAt: now,
    updatedAt: now,
    configuration,
    inputs: inputArtifacts.flatMap((input) => made.findLast((output) => output.name === input.name) ?? []),
    outputs: outputArtifacts.map((output) => locate(output.name)),
    variables: {},
    ...providerOf(actionTypeId)?.begin?.(dependencies),
  };
  const actions = [...execution.actions, record];
  await store.save({ ...execution, actions }, [{ of: 'action', action: record, state: 'STARTED' }]);
  return record;
}

async function work(
  { store, dependencies, codebuild, answerOf }: ActionContext,
  execution: Execution,
  declaration: ActionDeclaration,
  record: ActionExecution,
  structure: Declaration,
  signal: StopSignal,
): Promise<ActionOutcome> {
  const provider = providerOf(declaration.actionTypeId);
  if (!provider) throw new AwsError('ConfigurationError', `Action ${declaration.name} is of a kind that is not here`);
  const resolve = (text: string): string => resolveVariables(text, execution, structure);
  const configuration = Object.fromEntries(
    Object.entries(declaration.configuration).map(([key, text]) => [key, resolve(text)]),
  );
  const note: ActionRun['note'] = (changes) => store.saveAction(execution.id, record.id, changes);
  await note({ configuration });
  return await provider.run({
    execution,
    declaration,
    record,
    configuration,
    resolve,
    inputs: record.inputs,
    outputs: record.outputs,
    principal: principalOf(dependencies, structure, declaration, execution.id),
    signal,
    dependencies,
    codebuild,
    note,
    // It may have come before a restart, or while the action was being noted.
    answer: () => {
      const known = store.executions.get(execution.id)?.actions.find(({ id }) => id === record.id)?.answer;
      return known ? Promise.resolve(known) : answerOf(record.id);
    },
  });
}

/** The pipeline's role, and from it the action's own where it has one. */
function principalOf(
  { identity }: PipelineDependencies,
  { roleArn }: Declaration,
  action: ActionDeclaration,
  session: string,
): Principal {
  const pipeline = identity.assumeServiceRole(roleArn, 'codepipeline.amazonaws.com', session);
  return action.roleArn === undefined ? pipeline : identity.assumeRole(pipeline, action.roleArn, session);
}

const abandoned = Symbol('abandoned');
const stoppedByHost = Symbol('stopped by the host');

async function untilStopped<Value>(running: Promise<Value>, signal: StopSignal): Promise<Value> {
  // Left alone once the signal has won.
  running.catch(() => undefined);
  const stopped = (): symbol => (signal.reason === 'host' ? stoppedByHost : abandoned);
  if (signal.aborted) throw stopped();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(stopped());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return await Promise.race([running, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}

async function settle(
  store: PipelineStore,
  executionId: string,
  actionId: string,
  changes: Partial<ActionExecution> & Pick<ActionExecution, 'status'>,
): Promise<void> {
  const action = store.executions.get(executionId)?.actions.find(({ id }) => id === actionId);
  // Gone with its pipeline.
  if (!action) return;
  const settled = { ...action, ...changes, approvalToken: undefined };
  const state = { Succeeded: 'SUCCEEDED', Failed: 'FAILED', Abandoned: 'ABANDONED', InProgress: 'STARTED' }[
    settled.status
  ];
  await store.saveAction(executionId, actionId, settled, [{ of: 'action', action: settled, state }]);
}

/** What CodePipeline calls a failure. Source: CodePipeline API reference, ErrorDetails. */
function codeOf({ code }: AwsError): string {
  if (/AccessDenied/.test(code)) return 'PermissionError';
  if (/^NoSuch|NotFound|ConfigurationError|MethodNotAllowed/.test(code)) return 'ConfigurationError';
  return code;
}
