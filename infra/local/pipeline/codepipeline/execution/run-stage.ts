import type { ActionDeclaration, StageDeclaration } from '../definition/declaration.ts';
import type { Execution } from '../model.ts';
import { type ActionContext, currentRun, runAction, type StopSignal } from './run-action.ts';

/** How a stage has ended; `cut off`: the host stops, and the next start goes on. */
export type StageOutcome = 'Succeeded' | 'Failed' | 'Stopped' | 'cut off';

/** Actions of the same run order side by side, one run order after the other. */
export async function runStage(
  context: ActionContext,
  executionId: string,
  stage: StageDeclaration,
  signal: StopSignal,
): Promise<StageOutcome> {
  const { store } = context;
  for (const actions of groupByRunOrder(stage.actions)) {
    if (store.executions.get(executionId)?.status === 'Stopping') return 'Stopped';
    await Promise.all(
      actions.map((declaration) => runAction(context, executionId, { stageName: stage.name, declaration }, signal)),
    );
    if (signal.aborted && signal.reason === 'host') return 'cut off';
    const execution = store.executions.get(executionId);
    if (!execution) return 'cut off';
    const failed = actions.some(({ name }) => statusOf(execution, stage.name, name) === 'Failed');
    if (execution.status === 'Stopping' && (failed || signal.aborted)) return 'Stopped';
    if (failed) return 'Failed';
  }
  return 'Succeeded';
}

function statusOf(execution: Execution, stage: string, action: string): string | undefined {
  return currentRun(execution, stage, action)?.status;
}

function groupByRunOrder(actions: readonly ActionDeclaration[]): readonly (readonly ActionDeclaration[])[] {
  const orders = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((left, right) => left - right);
  return orders.map((order) => actions.filter(({ runOrder }) => runOrder === order));
}
