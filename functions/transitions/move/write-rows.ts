import { writeAll } from '../removal/remove-data.ts';
import type { DataPart, Row, TenantData } from '../tenant-data.ts';

/** What BatchWriteItem takes. Source: Amazon DynamoDB API reference, "BatchWriteItem". */
const batch = 25;

interface Changes {
  readonly put: readonly Row[];
  readonly remove: readonly Row[];
}

export async function writeRows(data: TenantData, part: DataPart, { put, remove }: Changes): Promise<void> {
  const { table, sortKey } = data.parts[part];
  const requests = [
    ...put.map((row) => ({ PutRequest: { Item: { ...row } } })),
    ...remove.map((row) => ({ DeleteRequest: { Key: { shardId: row['shardId'], [sortKey]: row[sortKey] } } })),
  ];
  for (let start = 0; start < requests.length; start += batch) {
    await writeAll(data.documents, table, requests.slice(start, start + batch));
  }
}
