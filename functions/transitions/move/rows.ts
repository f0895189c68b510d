import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Cursor, MoveItem } from '../../../schema/transition.ts';
import type { Dependencies, Situation } from '../dependencies.ts';
import { readyStack } from '../situation.ts';
import { type DataPart, openTenantData, type Row, type TenantData } from '../tenant-data.ts';

/** The tenant's rows in both stacks, each through a session of that stack's data role. */
export async function openCopies(
  { transition, tenant }: Situation<MoveItem>,
  dependencies: Dependencies,
): Promise<{ readonly source: TenantData; readonly target: TenantData }> {
  const open = async (stack: string) => openTenantData(await readyStack(stack, dependencies), tenant, dependencies);
  return { source: await open(transition.fromStack), target: await open(transition.toStack) };
}

/** The rows of one shard after a sort key, up to another and with it; to the shard's end without one. */
export async function readRange(
  { documents, tenantId, parts }: TenantData,
  { part, shard = 0, after }: Cursor,
  upTo: string | undefined,
): Promise<Row[]> {
  const { table, sortKey } = parts[part as DataPart];
  // A key condition can be between two keys, both included, or after one.
  const range =
    upTo === undefined ? (after === undefined ? '' : ' AND #sort > :after') : ' AND #sort BETWEEN :after AND :upTo';
  const from = after ?? (upTo === undefined ? undefined : ' ');
  const rows: Row[] = [];
  let last: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = (await documents.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: `shardId = :shard${range}`,
        ...(range !== '' && { ExpressionAttributeNames: { '#sort': sortKey } }),
        ExpressionAttributeValues: {
          ':shard': `${tenantId}#${shard}`,
          ...(from !== undefined && { ':after': from }),
          ...(upTo !== undefined && { ':upTo': upTo }),
        },
        ConsistentRead: true,
        ExclusiveStartKey: last,
      }),
    )) as QueryCommandOutput;
    rows.push(...Items.filter((row) => row[sortKey] !== after));
    last = LastEvaluatedKey;
  } while (last);
  return rows;
}

/** A row as text, the same whatever the order in which its attributes came. */
export function textOf(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof Set) return [...value].sort();
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))) : value;
  });
}
