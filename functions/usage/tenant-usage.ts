import { type DynamoDBDocumentClient, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { QueryTenantUsageArgs, TenantUsageReport, UsageDay } from '../../generated/control-plane.ts';
import type { FieldCall } from '../layer/field-call.ts';
import { enterTenant } from '../layer/tenant-context.ts';
import { costOf, countedDays, type GateAttributes, isNewer, noCounts, sumOf } from '../layer/usage/counts.ts';
import { unitPrices } from '../layer/usage/prices.ts';
import type { UsageDayItem } from '../layer/usage/usage-items.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<'TENANTS_TABLE' | 'GATES_TABLE' | 'USAGE_TABLE', string>>;
}

/**
 * One tenant's days, up to this moment: of a day that is both in Usage and in the gate, what is more is what is newer.
 * Usage is read first: what the meter removes from the gate in between is in Usage by then, at most one run old.
 * Null where there is no such tenant.
 */
export function tenantUsage({ documents, tables }: Dependencies) {
  return async ({
    arguments: { tenantId, from, to },
  }: FieldCall<QueryTenantUsageArgs>): Promise<TenantUsageReport | null> => {
    const [tenant, metered] = await Promise.all([
      read(tables.TENANTS_TABLE, tenantId),
      meteredDays(tenantId, from, to),
    ]);
    if (tenant?.['listing'] !== 'TENANT') return null;
    enterTenant({ tenantId });
    const gate = (await read(tables.GATES_TABLE, tenantId)) ?? {};

    const days = new Map(metered.map((item) => [item.day, toUsageDay(item)]));
    for (const counted of countedDays(gate)) {
      const isAskedFor = counted.day >= from && counted.day <= to;
      if (isAskedFor && isNewer(counted, days.get(counted.day) ?? noCounts)) {
        days.set(counted.day, { ...counted, cost: costOf(counted) });
      }
    }
    const sorted = [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
    return { tenantId, days: sorted, total: sumOf(sorted), pricesAsOf: unitPrices.asOf };
  };

  async function read(TableName: string, tenantId: string): Promise<GateAttributes | undefined> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }));
    return Item;
  }

  async function meteredDays(tenantId: string, from: string, to: string): Promise<UsageDayItem[]> {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: tables.USAGE_TABLE,
        KeyConditionExpression: 'tenantId = :tenantId AND #day BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':tenantId': tenantId, ':from': from, ':to': to },
        ConsistentRead: true,
      },
    );
    const items: UsageDayItem[] = [];
    for await (const { Items = [] } of pages) items.push(...(Items as UsageDayItem[]));
    return items;
  }
}

function toUsageDay({ day, operations, reads, writes, subscriptions, refused = 0, cost }: UsageDayItem): UsageDay {
  return { day, operations, reads, writes, subscriptions, refused, cost };
}
