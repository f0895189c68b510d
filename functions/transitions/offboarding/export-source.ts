import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Cursor, OffboardingItem } from '../../../schema/transition.ts';
import { pooledStack } from '../../layer/registry.ts';
import type { Dependencies, Situation } from '../dependencies.ts';
import { readStack, readyStack } from '../situation.ts';
import { type DataPart, openTenantData, type Page, readPage } from '../tenant-data.ts';

/** What an export holds, in its order. */
export const exportParts = ['products', 'orders', 'users', 'audit', 'tenant'] as const;
type ExportPart = (typeof exportParts)[number];

/** Answers a reader of the tenant's data, a page at a time. A stack that never came to be has no products and no orders. */
export async function openExport(
  { transition, tenant }: Situation<OffboardingItem>,
  dependencies: Dependencies,
): Promise<(from: Cursor) => Promise<Page>> {
  const { documents, tables, tenantSession } = dependencies;
  const { tenantId } = tenant;

  const readData = async (part: DataPart, from: Cursor): Promise<Page> => {
    const known = await readStack(transition.fromStack, dependencies);
    if (!known?.productsTable) return { rows: [] };
    const stack = await readyStack(transition.fromStack, dependencies);
    return readPage(await openTenantData(stack, tenant, dependencies), part, from);
  };
  const readUsers = async (from: Cursor): Promise<Page> => {
    const { dataRoleArn } = await readyStack(pooledStack, dependencies);
    return query(await tenantSession(dataRoleArn, tenantId), tables.TENANT_USERS_TABLE, 'userId', from);
  };
  const query = async (client: typeof documents, table: string, sort: string, from: Cursor, index?: string) => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ...(index !== undefined && { IndexName: index }),
        KeyConditionExpression: `tenantId = :tenantId${from.after === undefined ? '' : ' AND #sort > :after'}`,
        ...(from.after !== undefined && { ExpressionAttributeNames: { '#sort': sort } }),
        ExpressionAttributeValues: {
          ':tenantId': tenantId,
          ...(from.after !== undefined && { ':after': from.after }),
        },
        Limit: 100,
      }),
    );
    const last = LastEvaluatedKey?.[sort] as string | undefined;
    return { rows: Items, ...(last !== undefined && { next: { part: from.part, after: last } }) };
  };

  const readers: Readonly<Record<ExportPart, (from: Cursor) => Promise<Page>>> = {
    products: (from) => readData('products', from),
    orders: (from) => readData('orders', from),
    users: readUsers,
    audit: (from) => query(documents, tables.AUDIT_LOG_TABLE, 'id', from, 'tenantId'),
    tenant: () => Promise.resolve({ rows: [{ ...tenant }] }),
  };
  return (from) => readers[from.part as ExportPart](from);
}
