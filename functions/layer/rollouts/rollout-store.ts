import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { auditEntry } from '../audit-entry.ts';
import type { Clock } from '../clock.ts';
import { transact, type TransactItems } from '../transact.ts';
import { type ActiveRolloutItem, activeRolloutKey, isSettled, type RolloutItem } from './rollout.ts';

export interface RolloutTables {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<'ROLLOUTS_TABLE' | 'AUDIT_LOG_TABLE', string>>;
  readonly clock: Clock;
}

export async function readRollout(
  rolloutId: string,
  { documents, tables }: RolloutTables,
): Promise<RolloutItem | undefined> {
  const Key = { rolloutId };
  const { Item: item } = await documents.send(
    new GetCommand({ TableName: tables.ROLLOUTS_TABLE, Key, ConsistentRead: true }),
  );
  return item?.['listing'] === 'ROLLOUT' ? (item as RolloutItem) : undefined;
}

/** The rollout that is under way. */
export async function readActiveRollout(rollouts: RolloutTables): Promise<RolloutItem | undefined> {
  const { documents, tables } = rollouts;
  const { Item: item } = await documents.send(
    new GetCommand({
      TableName: tables.ROLLOUTS_TABLE,
      Key: { rolloutId: activeRolloutKey },
      ConsistentRead: true,
    }),
  );
  return item && (await readRollout((item as ActiveRolloutItem).names, rollouts));
}

/** What a change answers: the rollout as it is to be, and what is to be written with it or not at all. */
export interface RolloutChange {
  readonly rollout: RolloutItem;
  readonly also?: TransactItems;
}

/** What was to be written with the change had a condition that did not hold: nothing was written. */
export class RefusedWritesError extends Error {
  override readonly name = 'RefusedWritesError';
  constructor(readonly rolloutId: string, readonly refused: readonly number[]) {
    super(`Rollout ${rolloutId} could not be changed: the writes ${refused.join(', ')} beside it were refused`);
  }
}

const mostAttempts = 40;

/**
 * Changes a rollout: reads it, asks `change` what it is to become, and writes that, provided that nobody wrote meanwhile; else
 * all again. `change` may throw, and answers undefined where nothing is to change. Who ends the rollout frees the place
 * of the one under way in the same transaction.
 *
 * @throws RefusedWritesError if what was to be written with it was refused
 */
export async function changeRollout(
  rolloutId: string,
  change: (rollout: RolloutItem) => RolloutChange | undefined,
  rollouts: RolloutTables,
): Promise<RolloutItem> {
  const { documents, tables, clock } = rollouts;
  for (let attempt = 1; ; attempt += 1) {
    const before = await readRollout(rolloutId, rollouts);
    if (!before) throw new Error(`There is no rollout ${rolloutId}`);
    const changed = change(before);
    if (!changed) return before;
    const after = { ...changed.rollout, version: before.version + 1, updatedAt: clock().toISOString() };
    const outcome = await transact(documents, [
      {
        Put: {
          TableName: tables.ROLLOUTS_TABLE,
          Item: after,
          ConditionExpression: 'version = :version',
          ExpressionAttributeValues: { ':version': before.version },
        },
      },
      ...(changed.also ?? []),
      ...(isSettled(after) && !isSettled(before) ? endOf(after, rollouts) : []),
    ]);
    if (outcome.written) return after;
    if (!outcome.refused.includes(0)) throw new RefusedWritesError(rolloutId, outcome.refused);
    if (attempt === mostAttempts) throw new Error(`Rollout ${rolloutId} was written by others ${attempt} times`);
    await sleep(Math.random() * 10 * Math.min(attempt, 20));
  }
}

function endOf({ rolloutId, release, status, failure }: RolloutItem, rollouts: RolloutTables): TransactItems {
  const { tables, clock } = rollouts;
  const detail = { rolloutId, release, status, ...(failure !== undefined && { failure }) };
  return [
    {
      Delete: {
        TableName: tables.ROLLOUTS_TABLE,
        Key: { rolloutId: activeRolloutKey },
        ConditionExpression: '#names = :rolloutId',
        ExpressionAttributeNames: { '#names': 'names' },
        ExpressionAttributeValues: { ':rolloutId': rolloutId },
      },
    },
    {
      Put: {
        TableName: tables.AUDIT_LOG_TABLE,
        Item: auditEntry({ actor: 'system', action: 'endRollout', detail }, clock),
      },
    },
  ];
}
