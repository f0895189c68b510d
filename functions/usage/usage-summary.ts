import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { dayCount, refusalCount } from '../../schema/gate.ts';
import type { QueryUsageSummaryArgs, TenantUsageTotal, UsageSummary } from '../../generated/control-plane.ts';
import type { FieldCall } from '../layer/field-call.ts';
import type { Clock } from '../layer/clock.ts';
import { readItems } from '../layer/read-items.ts';
import type { TenantItem } from '../layer/registry.ts';
import { type GateAttributes, sumOf } from '../layer/usage/counts.ts';
import { unitPrices } from '../layer/usage/prices.ts';
import type { UsageMonthItem } from '../layer/usage/usage-items.ts';
import type { Dependencies as TableDependencies } from './tenant-usage.ts';

export interface Dependencies extends TableDependencies {
  readonly clock: Clock;
}

/** More are for an export, not for a page. */
const mostTenants = 100;

/**
 * All tenants of a month, from the index that holds one small item for each: what the meter found in its last run. Today's shares
 * are of this moment, from the gates of those that are named.
 */
export function usageSummary({ documents, tables, clock }: Dependencies) {
  return async ({ arguments: { month } }: FieldCall<QueryUsageSummaryArgs>): Promise<UsageSummary> => {
    const items = await itemsOf(month);
    const most = items
      .sort((one, other) => askedOf(other) - askedOf(one) || (one.tenantId < other.tenantId ? -1 : 1))
      .slice(0, mostTenants);
    const keys = most.map(({ tenantId }) => ({ tenantId }));
    const [tenants, gates] = await Promise.all([
      byId<TenantItem>(tables.TENANTS_TABLE, keys),
      byId<GateItem>(tables.GATES_TABLE, keys),
    ]);
    const today = clock().toISOString().slice(0, 'yyyy-mm-dd'.length);
    return {
      month,
      tenants: most.flatMap((item) => toTotal(item, tenants.get(item.tenantId), gates.get(item.tenantId), today)),
      tenantCount: items.length,
      total: sumOf(items),
      pricesAsOf: unitPrices.asOf,
    };
  };

  async function itemsOf(month: string): Promise<UsageMonthItem[]> {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: tables.USAGE_TABLE,
        IndexName: 'month',
        KeyConditionExpression: '#month = :month',
        ExpressionAttributeNames: { '#month': 'month' },
        ExpressionAttributeValues: { ':month': month },
      },
    );
    const items: UsageMonthItem[] = [];
    for await (const { Items = [] } of pages) items.push(...(Items as UsageMonthItem[]));
    return items;
  }

  async function byId<Item extends { readonly tenantId: string }>(
    table: string,
    keys: readonly { readonly tenantId: string }[],
  ): Promise<Map<string, Item>> {
    const items = await readItems<Item>(documents, table, keys);
    return new Map(items.map((item) => [item.tenantId, item]));
  }
}

type GateItem = GateAttributes & { readonly tenantId: string };

/** Requests, whatever became of them: who is refused all day is among the first, too. */
const askedOf = ({ operations, refused = 0 }: UsageMonthItem): number => operations + refused;

/** Whose registry item is gone keeps its place in the sums alone: there is nothing left to name it by. */
function toTotal(
  item: UsageMonthItem,
  tenant: TenantItem | undefined,
  gate: GateItem | undefined,
  today: string,
): TenantUsageTotal[] {
  if (!tenant) return [];
  const { tenantId, operations, reads, writes, subscriptions, refused = 0, cost } = item;
  const { name, tier, limits } = tenant;
  return [
    {
      ...{ tenantId, name, tier, operations, reads, writes, subscriptions, refused, cost },
      quotaShare: operations / limits.requestsPerMonth,
      dayQuotaShare: Number(gate?.[dayCount(today)] ?? 0) / limits.requestsPerDay,
      refusedToday: Number(gate?.[refusalCount(today)] ?? 0),
    },
  ];
}
