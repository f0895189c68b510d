import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dayCount, monthCount, refusalCount, subscriptionCount, writeCount } from '../../../schema/gate.ts';
import type { Clock } from '../clock.ts';
import { costOf, type CountedDay, countedDays, type GateAttributes, sumOf, type Usage } from './counts.ts';
import { unitPrices } from './prices.ts';
import { monthKey, monthOf, type UsageDayItem } from './usage-items.ts';

export interface TakeOverDependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<'GATES_TABLE' | 'USAGE_TABLE', string>>;
  readonly clock: Clock;
}

/**
 * A day's counters stay in the gate until the day has been over for this long. The gate writes a request's count under the day
 * on which the request came, and AppSync ends a request after 30 seconds: nothing counts for a day that is removed.
 */
const keptAfterTheDay = 24 * 60 * 60 * 1000;

/**
 * Takes a tenant's counts over from its gate, as it was read, into Usage, and then removes from the gate what is old.
 *
 * Exact, however often it runs, at whatever point it is killed, and beside the gate's own writes and other runs: counters only
 * grow, so a day's item is set to what the gate has counted in all, unless it holds as much already; a month's is set to the
 * sum of its days by the same rule; and a day is removed from the gate only if it still holds what was taken over.
 */
export function takeOverCounts({ documents, tables, clock }: TakeOverDependencies) {
  return async (tenantId: string, gate: GateAttributes): Promise<void> => {
    const days = countedDays(gate);
    for (const counted of days) await raise(tenantId, counted.day, { ...counted, cost: costOf(counted) });
    for (const month of new Set(days.map(({ day }) => monthOf(day)))) {
      await raise(tenantId, monthKey(month), await sumOfDays(tenantId, month), month);
    }
    const lastKept = new Date(clock().getTime() - keptAfterTheDay).toISOString().slice(0, 'yyyy-mm-dd'.length);
    for (const counted of days) if (counted.day < lastKept) await removeDay(tenantId, counted);
    await removeMonths(tenantId, gate, monthOf(lastKept));
  };

  /** Sets an item of Usage, unless it tells of as many operations and refusals already. */
  async function raise(tenantId: string, day: string, usage: Usage, month?: string): Promise<void> {
    const { operations, reads, writes, subscriptions, refused, cost } = usage;
    await unlessRefused(
      new UpdateCommand({
        TableName: tables.USAGE_TABLE,
        Key: { tenantId, day },
        UpdateExpression:
          'SET operations = :operations, #reads = :reads, writes = :writes, subscriptions = :subscriptions, ' +
          `refused = :refused, cost = :cost, pricesAsOf = :pricesAsOf${month === undefined ? '' : ', #month = :month'}`,
        ConditionExpression:
          'attribute_not_exists(operations) OR operations < :operations OR ' +
          '(operations = :operations AND (attribute_not_exists(refused) OR refused < :refused))',
        ExpressionAttributeNames: { '#reads': 'reads', ...(month !== undefined && { '#month': 'month' }) },
        ExpressionAttributeValues: {
          ':operations': operations,
          ':reads': reads,
          ':writes': writes,
          ':subscriptions': subscriptions,
          ':refused': refused,
          ':cost': cost,
          ':pricesAsOf': unitPrices.asOf,
          ...(month !== undefined && { ':month': month }),
        },
      }),
    );
  }

  /** At most 31 small items: one query answers them all. */
  async function sumOfDays(tenantId: string, month: string): Promise<Usage> {
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: tables.USAGE_TABLE,
        KeyConditionExpression: 'tenantId = :tenantId AND begins_with(#day, :month)',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':tenantId': tenantId, ':month': `${month}-` },
        ConsistentRead: true,
      }),
    );
    return sumOf(Items as UsageDayItem[]);
  }

  /** On a day that all or none were refused, the other counter is not there: nor may it be by now. */
  async function removeDay(tenantId: string, { day, operations, refused }: CountedDay): Promise<void> {
    const taken = Object.entries({ day: operations, refused }).map(([name, count]) => ({ name, count }));
    const counted = taken.filter(({ count }) => count > 0);
    await unlessRefused(
      new UpdateCommand({
        TableName: tables.GATES_TABLE,
        Key: { tenantId },
        UpdateExpression: 'REMOVE #day, #writes, #subscriptions, #refused',
        ConditionExpression: taken
          .map(({ name, count }) => (count > 0 ? `#${name} = :${name}` : `attribute_not_exists(#${name})`))
          .join(' AND '),
        ExpressionAttributeNames: {
          '#day': dayCount(day),
          '#writes': writeCount(day),
          '#subscriptions': subscriptionCount(day),
          '#refused': refusalCount(day),
        },
        ExpressionAttributeValues: Object.fromEntries(counted.map(({ name, count }) => [`:${name}`, count])),
      }),
    );
  }

  /** Months are counted for the quota alone: Usage has them from their days. */
  async function removeMonths(tenantId: string, gate: GateAttributes, firstKept: string): Promise<void> {
    const past = Object.keys(gate).filter((name) => name.startsWith(monthCount('')) && name < monthCount(firstKept));
    if (past.length === 0) return;
    await unlessRefused(
      new UpdateCommand({
        TableName: tables.GATES_TABLE,
        Key: { tenantId },
        UpdateExpression: `REMOVE ${past.map((_, index) => `#month${index}`).join(', ')}`,
        // A gate that was removed in the meantime must not come back as an empty one.
        ConditionExpression: 'attribute_exists(tenantId)',
        ExpressionAttributeNames: Object.fromEntries(past.map((name, index) => [`#month${index}`, name])),
      }),
    );
  }

  /** A condition that does not hold means that there is nothing to do any more, or not yet. */
  async function unlessRefused(command: UpdateCommand): Promise<void> {
    try {
      await documents.send(command);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
