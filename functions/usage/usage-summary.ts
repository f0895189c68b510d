import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { QueryUsageSummaryArgs, TenantUsageTotal, UsageSummary } from '../../generated/control-plane.ts';
import type { FieldCall } from '../layer/field-call.ts';
import { readItems } from '../layer/read-items.ts';
import type { TenantItem } from '../layer/registry.ts';
import { sumOf } from '../layer/usage/counts.ts';
import { unitPrices } from '../layer/usage/prices.ts';
import type { UsageMonthItem } from '../layer/usage/usage-items.ts';
import type { Dependencies } from './tenant-usage.ts';

/** More are for an export, not for a page. */
const mostTenants = 100;

/** All tenants of a month, from the index that holds one small item for each: what the meter found in its last run. */
export function usageSummary({ documents, tables }: Dependencies) {
  return async ({ arguments: { month } }: FieldCall<QueryUsageSummaryArgs>): Promise<UsageSummary> => {
    const items = await itemsOf(month);
    const most = items
      .sort((one, other) => other.operations - one.operations || (one.tenantId < other.tenantId ? -1 : 1))
      .slice(0, mostTenants);
    const tenants = await tenantsOf(most.map(({ tenantId }) => tenantId));
    return {
      month,
      tenants: most.flatMap((item) => toTotal(item, tenants.get(item.tenantId))),
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

  async function tenantsOf(tenantIds: readonly string[]): Promise<Map<string, TenantItem>> {
    const keys = tenantIds.map((tenantId) => ({ tenantId }));
    const items = await readItems<TenantItem>(documents, tables.TENANTS_TABLE, keys);
    return new Map(items.map((item) => [item.tenantId, item]));
  }
}

/** Whose registry item is gone keeps its place in the sums alone: there is nothing left to name it by. */
function toTotal(item: UsageMonthItem, tenant: TenantItem | undefined): TenantUsageTotal[] {
  if (!tenant) return [];
  const { tenantId, operations, reads, writes, subscriptions, cost } = item;
  const quotaShare = operations / tenant.limits.requestsPerMonth;
  return [
    { tenantId, name: tenant.name, tier: tenant.tier, operations, reads, writes, subscriptions, cost, quotaShare },
  ];
}
