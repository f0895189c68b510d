import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Cursor } from '../../schema/transition.ts';
import type { DynamoDBDocumentClient } from '../layer/documents.ts';
import type { Dependencies, ReadyStack } from './dependencies.ts';

export type Row = Readonly<Record<string, unknown>>;
export type DataPart = 'products' | 'orders';

/** One tenant's rows in one stack, through a session that reaches no other's. */
export interface TenantData {
  readonly documents: DynamoDBDocumentClient;
  readonly tenantId: string;
  readonly shardCount: number;
  readonly parts: Readonly<Record<DataPart, { readonly table: string; readonly sortKey: string }>>;
}

export const dataParts: readonly DataPart[] = ['products', 'orders'];

export async function openTenantData(
  stack: ReadyStack,
  { tenantId, shardCount }: { readonly tenantId: string; readonly shardCount: number },
  { tenantSession }: Pick<Dependencies, 'tenantSession'>,
): Promise<TenantData> {
  return {
    documents: await tenantSession(stack.dataRoleArn, tenantId),
    tenantId,
    shardCount,
    parts: {
      products: { table: stack.productsTable, sortKey: 'productId' },
      orders: { table: stack.ordersTable, sortKey: 'orderId' },
    },
  };
}

export interface Page {
  readonly rows: readonly Row[];
  /** Where to go on; undefined at the part's end. */
  readonly next?: Cursor;
}

/** Some rows of one part, in the order of shards and sort keys, from a place on. */
export async function readPage(data: TenantData, part: DataPart, from: Cursor, limit = 100): Promise<Page> {
  const { table, sortKey } = data.parts[part];
  const { shard = 0, after } = from;
  const { Items = [], LastEvaluatedKey } = await data.documents.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: `shardId = :shard${after === undefined ? '' : ' AND #sort > :after'}`,
      ...(after !== undefined && { ExpressionAttributeNames: { '#sort': sortKey } }),
      ExpressionAttributeValues: {
        ':shard': `${data.tenantId}#${shard}`,
        ...(after !== undefined && { ':after': after }),
      },
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const last = LastEvaluatedKey?.[sortKey] as string | undefined;
  if (last !== undefined) return { rows: Items, next: { part, shard, after: last } };
  return { rows: Items, ...(shard + 1 < data.shardCount && { next: { part, shard: shard + 1 } }) };
}

/** What comes after a part: the next one's beginning; undefined after the last. */
export function nextPart<Part extends string>(parts: readonly Part[], part: string): Cursor | undefined {
  const next = parts[parts.findIndex((known) => known === part) + 1];
  return next === undefined ? undefined : { part: next };
}
