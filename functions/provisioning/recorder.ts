import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { StackMappingItem } from '../layer/registry.ts';
import { isRunSettled, type RunItem, type RunStep, stackNameOf } from '../layer/runs/run-item.ts';
import { settleRun } from '../layer/runs/settle-run.ts';
import { transact } from '../layer/transact.ts';
import type { Services, Work } from './work.ts';

/** Another build has taken the run over, or it was settled: this one must not go on. */
export class NotOursError extends Error {
  override readonly name = 'NotOursError';
  constructor(readonly runId: string, readonly reason: string) {
    super(`Run ${runId} is not this build's: ${reason}`);
  }
}

const longestLog = 50;
const longestLine = 400;

/** A claimed run: its steps' surroundings, and what records them. Whatever it writes is refused once another build has the run. */
export interface Recorder extends Work {
  /** The stack's row, as it was when the run was claimed. */
  readonly stack: StackMappingItem;
  step(place: number, change: Partial<RunStep>): Promise<void>;
  succeed(): Promise<void>;
  fail(place: number, failure: string): Promise<void>;
}

/** Claims the run for `worker`, or answers it as it is if nothing is left to do. Throws NotOursError if it has not the stack. */
export async function claimRun(runId: string, worker: string, services: Services): Promise<Recorder | RunItem> {
  const { documents, tables, clock } = services;
  const read = async (table: string, key: Record<string, string>) =>
    (await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
  const found = (await read(tables.PROVISIONING_RUNS_TABLE, { runId })) as RunItem | undefined;
  if (!found) throw new NotOursError(runId, 'there is no such run');
  if (isRunSettled(found)) return found;
  const { tenantId } = found;
  const stack = (await read(tables.TENANT_STACK_MAPPING_TABLE, { tenantId })) as StackMappingItem | undefined;
  if (stack?.currentRunId !== runId)
    throw new NotOursError(runId, `the stack of ${tenantId} is with ${stack?.currentRunId ?? 'no run'}`);

  let run = found;
  const lines = [...found.logTail];
  const update = async (
    set: Partial<RunItem>,
    condition = '#status = :running AND worker = :worker',
  ): Promise<void> => {
    const now = clock().toISOString();
    const changes = { ...set, logTail: lines.slice(-longestLog), updatedAt: now };
    const names = Object.keys(changes);
    try {
      await documents.send(
        new UpdateCommand({
          TableName: tables.PROVISIONING_RUNS_TABLE,
          Key: { runId },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries([...names, 'status'].map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
            ...(condition.includes(':running') && { ':running': 'RUNNING' }),
            ...(condition.includes(':requested') && { ':requested': 'REQUESTED' }),
            ':worker': worker,
          },
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException)
        throw new NotOursError(runId, 'it is settled or taken over');
      throw error;
    }
    run = { ...run, ...changes };
  };
  const startedAt = run.startedAt ?? clock().toISOString();
  await update({ status: 'RUNNING', worker, startedAt }, '#status IN (:requested, :running)');

  const settle = async (to: 'SUCCEEDED' | 'FAILED', failure: { failure?: string; failedStep?: string }) => {
    const now = clock().toISOString();
    const replaces = stack.release !== undefined && stack.release !== run.release ? { replaces: stack.release } : {};
    const settlement = { status: to, steps: run.steps, logTail: lines.slice(-longestLog), now, ...failure };
    const outcome = await transact(
      documents,
      settleRun(run, { ...settlement, ...(to === 'SUCCEEDED' && replaces) }, tables),
    );
    if (!outcome.written) throw new NotOursError(runId, 'it is settled or taken over');
    run = { ...run, status: to, ...failure };
  };

  return {
    services,
    stack,
    stackName: stackNameOf(tenantId),
    get run() {
      return run;
    },
    log(line) {
      const text = line.slice(0, longestLine);
      lines.push(`${clock().toISOString()} ${text}`);
      process.stdout.write(`${text}\n`);
    },
    keep: (notes) => update({ notes: { ...run.notes, ...notes } }),
    step: (place, change) =>
      update({ steps: run.steps.map((step, index) => (index === place ? { ...step, ...change } : step)) }),
    succeed: () => settle('SUCCEEDED', {}),
    fail: async (place, failure) => {
      const failedStep = run.steps[place]?.name;
      await settle('FAILED', { failure, ...(failedStep !== undefined && { failedStep }) });
    },
  };
}
