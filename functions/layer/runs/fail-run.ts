import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../clock.ts';
import { logger } from '../telemetry.ts';
import { transact } from '../transact.ts';
import type { RunTables } from './new-run.ts';
import type { RunItem } from './run-item.ts';
import { settleRun } from './settle-run.ts';

export interface RunFailer {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: RunTables;
  readonly clock: Clock;
}

/**
 * Ends an open run whose program cannot end it any more, at the first step that it had not done, and gives its stack free. False where
 * it is not as it was read.
 */
export async function failRun(
  run: RunItem,
  failure: string,
  { documents, tables, clock }: RunFailer,
): Promise<boolean> {
  const now = clock().toISOString();
  const unfinished = run.steps.find(({ status }) => status !== 'SUCCEEDED');
  const steps = run.steps.map((step) =>
    step === unfinished ? { ...step, status: 'FAILED' as const, finishedAt: now, message: failure } : step,
  );
  const settlement = {
    status: 'FAILED',
    steps,
    logTail: run.logTail,
    failure,
    ...(unfinished && { failedStep: unfinished.name }),
    now,
  } as const;
  const { written } = await transact(documents, settleRun(run, settlement, tables));
  if (written) logger.error('A run was ended in place of its program', { runId: run.runId, failure });
  return written;
}
