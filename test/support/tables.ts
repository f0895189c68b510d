import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Outputs } from '../../infra/start/outputs.ts';

export type Item = Readonly<Record<string, unknown>>;

/** Everything in a table, which is found by the part of its name that the template gives it: `pooled-Orders`. */
export async function scan(outputs: Outputs, namePart: string): Promise<Item[]> {
  const client = new DynamoDBClient({ endpoint: outputs.endpoint, region: outputs.region });
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  const TableName = names.find((name) => name.includes(namePart));
  if (TableName === undefined) throw new Error(`No table ${namePart} among ${names.join(', ')}`);
  const items: Item[] = [];
  for await (const page of paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

/** What mutations write; the gates, which count every request, apart. */
const written = [
  'control-plane-Tenants',
  'control-plane-TenantUsers',
  'control-plane-Registrations',
  'control-plane-Tiers',
  'control-plane-AuditLog',
  'pooled-Products',
  'pooled-Orders',
];

/** All that is stored, in an order of its own, to compare before and after. */
export async function everythingStored(outputs: Outputs): Promise<string[]> {
  const tables = await Promise.all(written.map((name) => scan(outputs, name)));
  return tables.flatMap((items, index) => items.map((item) => `${written[index] ?? ''} ${textOf(item)}`).sort());
}

/** With the keys of every map in order, since DynamoDB keeps none; sets as lists. */
export function textOf(item: Item): string {
  return JSON.stringify(item, (_, value: unknown): unknown => {
    if (value instanceof Set) return [...(value as Set<string>)].sort();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
