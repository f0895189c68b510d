import type { TransactItems } from '../transact.ts';
import { type RunTables, statusDuring } from './new-run.ts';
import { type RunItem, stepsOf } from './run-item.ts';

export interface Restart {
  /** Another release than the one that failed begins from the first step. */
  readonly release: string;
  readonly now: string;
}

/**
 * Requests a failed run once more, from the step that failed; refused where it is no longer as it was read or another run has the
 * stack. Answers the run as it will be.
 */
export function restartRun(run: RunItem, to: Restart, tables: RunTables): { run: RunItem; writes: TransactItems } {
  const { failure: _failure, failedStep: _step, finishedAt: _end, executionId: _id, worker: _worker, ...kept } = run;
  const steps =
    to.release === run.release
      ? run.steps.map((step) => (step.status === 'SUCCEEDED' ? step : { name: step.name, status: 'PENDING' as const }))
      : stepsOf(run.action);
  const restarted: RunItem = {
    ...kept,
    release: to.release,
    status: 'REQUESTED',
    attempt: run.attempt + 1,
    steps,
    updatedAt: to.now,
  };
  return {
    run: restarted,
    writes: [
      {
        Put: {
          TableName: tables.PROVISIONING_RUNS_TABLE,
          Item: { ...restarted },
          ConditionExpression: '#status = :failed AND attempt = :attempt',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':failed': 'FAILED', ':attempt': run.attempt },
        },
      },
      {
        Update: {
          TableName: tables.TENANT_STACK_MAPPING_TABLE,
          Key: { tenantId: run.tenantId },
          UpdateExpression: 'SET #status = :status, currentRunId = :runId, lastRunId = :runId, updatedAt = :now',
          ConditionExpression: 'attribute_not_exists(currentRunId) AND lastRunId = :runId',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': statusDuring[run.action], ':runId': run.runId, ':now': to.now },
        },
      },
    ],
  };
}
