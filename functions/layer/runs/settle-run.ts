import type { TransactItems } from '../transact.ts';
import type { RunTables } from './new-run.ts';
import type { RunItem, RunStep } from './run-item.ts';

export interface Settlement {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly steps: readonly RunStep[];
  readonly logTail: readonly string[];
  readonly failure?: string;
  readonly failedStep?: string;
  /** The release that the stack ran before, where it was another: what a rollout would go back to. */
  readonly replaces?: string;
  readonly now: string;
}

/** Ends a run that is as it was read, and gives its stack free: both or neither. */
export function settleRun(run: RunItem, to: Settlement, tables: RunTables): TransactItems {
  const { failure, failedStep } = to;
  const optional = { ...(failure !== undefined && { failure }), ...(failedStep !== undefined && { failedStep }) };
  const assignments = Object.keys(optional).map((name) => `, ${name} = :${name}`);
  return [
    {
      Update: {
        TableName: tables.PROVISIONING_RUNS_TABLE,
        Key: { runId: run.runId },
        UpdateExpression: `SET #status = :status, steps = :steps, logTail = :logTail, finishedAt = :now, updatedAt = :now${assignments.join(
          '',
        )}`,
        ConditionExpression: '#status = :before AND attempt = :attempt AND updatedAt = :read',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': to.status,
          ':steps': to.steps,
          ':logTail': to.logTail,
          ':now': to.now,
          ':before': run.status,
          ':attempt': run.attempt,
          ':read': run.updatedAt,
          ...Object.fromEntries(Object.entries(optional).map(([name, value]) => [`:${name}`, value])),
        },
      },
    },
    releaseStack(run, to, tables),
  ];
}

function releaseStack({ tenantId, runId, action, release }: RunItem, to: Settlement, tables: RunTables) {
  const base = { TableName: tables.TENANT_STACK_MAPPING_TABLE, Key: { tenantId } };
  const condition = { ConditionExpression: 'currentRunId = :runId' };
  const values = { ':runId': runId };
  if (to.status === 'SUCCEEDED' && action === 'DEPROVISION')
    return { Delete: { ...base, ...condition, ExpressionAttributeValues: values } };
  const set = {
    ...(to.status === 'SUCCEEDED' ? { status: 'ACTIVE', release } : { status: 'FAILED' }),
    updatedAt: to.now,
    ...(to.replaces !== undefined && { previousRelease: to.replaces }),
  };
  const names = Object.keys(set);
  return {
    Update: {
      ...base,
      ...condition,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE currentRunId`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...values,
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
}
