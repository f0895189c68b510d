import type { TransitionItem } from '../../schema/transition.ts';
import type { TenantItem } from '../layer/registry.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import type { Dependencies, Progress, Situation } from './dependencies.ts';
import { isTold, summaryOf } from './summary.ts';

/** A write of a step's own was refused by its condition, though the transition is as it was read. */
export class StepRefusedError extends Error {
  override readonly name = 'StepRefusedError';
  constructor(readonly refused: readonly number[]) {
    super(`The conditions of writes ${refused.join(', ')} did not hold`);
  }
}

/**
 * Writes what a step answered and where the transition goes on: all or nothing. False if it was not as it was read any more:
 * another run was quicker, or an operator ended it.
 *
 * @throws StepRefusedError
 */
export async function record(
  { transition, tenant }: Situation,
  progress: Progress,
  { documents, tables, clock }: Pick<Dependencies, 'documents' | 'tables' | 'clock'>,
): Promise<boolean> {
  const now = clock();
  const { failure: _failure, failingSince: _since, cursor, runId, ...kept } = transition;
  const isEnd = progress.step === 'END';
  const next = {
    ...kept,
    // The place of a step that goes on.
    ...(progress.step === undefined && { cursor, runId }),
    ...progress.set,
    ...(progress.step !== undefined && { step: isEnd ? 'DONE' : progress.step }),
    revision: transition.revision + 1,
    dueAt: (progress.dueAt ?? now).toISOString(),
  } as TransitionItem;
  const told = summaryOf(next);
  const changes = { ...progress.tenant, ...(!isTold(tenant, told) && told) };
  const outcome = await transact(documents, [
    isEnd ? removal(tables.TRANSITIONS_TABLE, transition) : replacement(tables.TRANSITIONS_TABLE, transition, next),
    ...(Object.keys(changes).length > 0
      ? [tenantUpdate(tables.TENANTS_TABLE, tenant.tenantId, { changes, restsOn: progress.restsOn }, now.toISOString())]
      : []),
    ...(progress.writes ?? []),
  ]);
  if (!outcome.written && !outcome.refused.includes(0)) throw new StepRefusedError(outcome.refused);
  return outcome.written;
}

/** A condition on nothing but the transition as it was read. */
function asRead({ transitionId, revision }: TransitionItem) {
  return {
    ConditionExpression: 'transitionId = :id AND revision = :revision',
    ExpressionAttributeValues: { ':id': transitionId, ':revision': revision },
  };
}

function replacement(table: string, before: TransitionItem, next: TransitionItem): TransactItems[number] {
  return { Put: { TableName: table, Item: { ...next }, ...asRead(before) } };
}

function removal(table: string, before: TransitionItem): TransactItems[number] {
  return { Delete: { TableName: table, Key: { tenantId: before.tenantId }, ...asRead(before) } };
}

function tenantUpdate(
  table: string,
  tenantId: string,
  { changes, restsOn = {} }: { readonly changes: Partial<TenantItem>; readonly restsOn?: Partial<TenantItem> },
  now: string,
): TransactItems[number] {
  const read = Object.entries(restsOn);
  const names = Object.keys(changes) as (keyof TenantItem)[];
  const removed = names.filter((name) => changes[name] === undefined);
  const set = names.filter((name) => changes[name] !== undefined);
  const assignments = ['version = version + :one', 'updatedAt = :now', ...set.map((name) => `#${name} = :${name}`)];
  const removal = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '';
  return {
    Update: {
      TableName: table,
      Key: { tenantId },
      UpdateExpression: `SET ${assignments.join(', ')}${removal}`,
      ConditionExpression: ['attribute_exists(tenantId)', ...read.map(([name]) => `#${name} = :${name}Read`)].join(
        ' AND ',
      ),
      ExpressionAttributeNames: Object.fromEntries(
        [...names, ...read.map(([name]) => name)].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: {
        ':one': 1,
        ':now': now,
        ...Object.fromEntries(set.map((name) => [`:${name}`, changes[name]])),
        ...Object.fromEntries(read.map(([name, value]) => [`:${name}Read`, value])),
      },
    },
  };
}
