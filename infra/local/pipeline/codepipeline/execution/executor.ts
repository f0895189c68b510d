import type { CodeBuild } from '../../codebuild/index.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { Change } from '../events.ts';
import type { ApprovalAnswer, Execution, StageExecution } from '../model.ts';
import type { PipelineStore } from '../store.ts';
import { admit } from './admission.ts';
import type { StopSignal } from './run-action.ts';
import { runStage, type StageOutcome } from './run-stage.ts';

export interface Executor {
  /** Lets executions of a pipeline that may go on do so; returns at once. */
  advance(pipeline: string): void;
  /** Ends what runs for an execution without waiting for it. */
  abandon(executionId: string): void;
  /** Tells the action that waits for it that its approval is answered. */
  answered(actionId: string, answer: ApprovalAnswer): void;
  /** Goes on with everything that was under way when the host ended. */
  resume(): void;
  shutDown(): Promise<void>;
}

export function createExecutor(
  store: PipelineStore,
  dependencies: PipelineDependencies,
  codebuild: CodeBuild,
): Executor {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  const approvals = new Map<string, (answer: ApprovalAnswer) => void>();
  let open = true;

  const answerOf = (actionId: string): Promise<ApprovalAnswer> =>
    new Promise((resolve) => approvals.set(actionId, resolve));
  const context = { store, dependencies, codebuild, answerOf };

  /** From the stage that it has entered to where it must wait, or to its end. */
  const runEntered = async (id: string, signal: StopSignal): Promise<void> => {
    const execution = store.executions.get(id);
    if (!execution) return;
    const { stages } = store.structureOf(execution.pipeline, execution.version);
    const stage = stages[execution.stage];
    if (!stage) return;
    const outcome = await runStage(context, id, stage, signal);
    const after = store.executions.get(id);
    if (outcome === 'cut off' || !after) return;
    const isLast = after.stage === stages.length - 1 || after.rollback !== undefined;
    const ended = endOf(outcome, after, isLast);
    const noted = withStage(after, stage.name, outcome, store.clock.now());
    const changes: Change[] = [{ of: 'stage', stage: stage.name, state: outcome.toUpperCase() }];
    if (ended) {
      changes.push({ of: 'pipeline', state: ended.toUpperCase() });
      return await store.save({ ...noted, status: ended }, changes);
    }
    await store.save({ ...noted, stage: after.stage + 1, entered: false }, changes);
  };

  const enter = (execution: Execution): Promise<void> => {
    const { stages } = store.structureOf(execution.pipeline, execution.version);
    const name = stages[execution.stage]?.name ?? '';
    const noted = withStage(execution, name, 'InProgress', store.clock.now());
    return store.save({ ...noted, entered: true }, [{ of: 'stage', stage: name, state: 'STARTED' }]);
  };

  const run = (execution: Execution): void => {
    const controller = new AbortController();
    const { id, pipeline } = execution;
    // Marked as entered within this turn, so that no other is let in.
    const entering = execution.entered ? Promise.resolve() : enter(execution);
    const done = entering
      .then(() => runEntered(id, controller.signal as StopSignal))
      .catch((error: unknown) => void process.stderr.write(`CodePipeline, execution ${id}: ${String(error)}\n`))
      .finally(() => {
        running.delete(id);
        advance(pipeline);
      });
    running.set(id, { controller, done });
  };

  const advance = (pipeline: string): void => {
    const found = store.pipelines.get(pipeline);
    if (!open || !found) return;
    const { enter: admitted, superseded } = admit(found.declaration.executionMode, store.executionsOf(pipeline));
    for (const execution of superseded) {
      const statusSummary = 'A newer execution has taken its place';
      void store.save({ ...execution, status: 'Superseded', statusSummary }, [{ of: 'pipeline', state: 'SUPERSEDED' }]);
    }
    for (const execution of admitted) if (!running.has(execution.id)) run(execution);
  };

  return {
    advance,
    abandon: (id) => running.get(id)?.controller.abort('abandoned' satisfies StopSignal['reason']),
    answered(actionId, answer) {
      approvals.get(actionId)?.(answer);
      approvals.delete(actionId);
    },
    resume() {
      for (const pipeline of store.pipelines.ids()) {
        const entered = store
          .executionsOf(pipeline)
          .filter(({ status, entered: is }) => is && (status === 'InProgress' || status === 'Stopping'));
        for (const execution of entered) run(execution);
        advance(pipeline);
      }
      for (const execution of store.executions.values()) {
        if (execution.status === 'Stopping' && execution.stop?.abandon)
          running.get(execution.id)?.controller.abort('abandoned' satisfies StopSignal['reason']);
      }
    },
    async shutDown() {
      open = false;
      for (const { controller } of running.values()) controller.abort('host' satisfies StopSignal['reason']);
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

/** How an execution ends with its stage; undefined where it goes on. One that is asked to stop goes no further. */
function endOf(
  outcome: Exclude<StageOutcome, 'cut off'>,
  { status }: Execution,
  isLast: boolean,
): 'Stopped' | 'Failed' | 'Succeeded' | undefined {
  if (outcome !== 'Succeeded') return outcome;
  if (status === 'Stopping') return 'Stopped';
  return isLast ? 'Succeeded' : undefined;
}

function withStage(execution: Execution, name: string, status: StageExecution['status'], now: number): Execution {
  const startedAt = status === 'InProgress' ? now : execution.stages[name]?.startedAt ?? now;
  return { ...execution, stages: { ...execution.stages, [name]: { status, startedAt, updatedAt: now } } };
}
