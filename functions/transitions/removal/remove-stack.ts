import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransitionItem } from '../../../schema/transition.ts';
import { pooledStack } from '../../layer/registry.ts';
import { newRun } from '../../layer/runs/new-run.ts';
import type { Dependencies, Progress, Situation } from '../dependencies.ts';
import { readStack } from '../situation.ts';
import { awaitRun } from './await-run.ts';

/** Another run has the stack to itself: an update, for one. The step is tried again. */
export class StackBusyError extends Error {
  override readonly name = 'StackBusyError';
  constructor(readonly tenantStack: string, readonly runId: string) {
    super(`Run ${runId} works on ${tenantStack}; it is removed after that`);
  }
}

/**
 * Has a silo's stack removed by a run of the provisioning pipeline: requested once, then waited for. Undefined when the stack is gone;
 * the pool stays.
 */
export async function removeStack<Item extends TransitionItem>(
  stack: string,
  { transition }: Situation<Item>,
  dependencies: Dependencies,
): Promise<Progress<Item> | undefined> {
  if (stack === pooledStack) return undefined;
  const { runId } = transition;
  if (runId !== undefined) return awaitRun<Item>(runId, dependencies);
  const mapping = await readStack(stack, dependencies);
  if (!mapping) return undefined;
  if (mapping.currentRunId !== undefined) throw new StackBusyError(stack, mapping.currentRunId);
  const request = {
    tenantId: stack,
    action: 'DEPROVISION',
    release: mapping.release ?? (await lastRelease(mapping.lastRunId, dependencies)),
    requestedBy: transition.startedBy,
  } as const;
  const { run, writes } = newRun(request, dependencies);
  return { set: { runId: run.runId }, writes } as Progress<Item>;
}

/** What a stack was to run that never came to be. */
async function lastRelease(runId: string, { documents, tables }: Dependencies): Promise<string> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
  );
  return String(Item?.['release']);
}
