import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransitionItem } from '../../../schema/transition.ts';
import { isRunSettled, type RunItem } from '../../layer/runs/run-item.ts';
import type { Dependencies, Progress } from '../dependencies.ts';

/** Milliseconds between two looks at a run. */
const interval = 5000;

/** The pipeline could not do it. `retryProvisioning` has it tried again, which the step waits for. */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError';
  constructor({ runId, failedStep, failure }: RunItem) {
    super(`run ${runId} failed at ${failedStep ?? 'its start'}: ${failure ?? 'no cause is known'}`);
  }
}

/** When to look again; undefined once the run has succeeded. @throws RunFailedError */
export async function awaitRun<Item extends TransitionItem>(
  runId: string,
  { documents, tables, clock }: Pick<Dependencies, 'documents' | 'tables' | 'clock'>,
): Promise<Progress<Item> | undefined> {
  const { Item: item } = await documents.send(
    new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
  );
  const run = item as RunItem | undefined;
  if (!run) throw new Error(`ProvisioningRuns has no run ${runId}, expected the one that was requested`);
  if (run.status === 'FAILED') throw new RunFailedError(run);
  return isRunSettled(run) ? undefined : { dueAt: new Date(clock().getTime() + interval) };
}
