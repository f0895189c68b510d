import type { Json, JsonObject } from '../../../service.ts';
import { requireList, requireObject } from '../request-object.ts';
import type { TableAccess } from './operation.ts';
import { fromWireItem, toWireMap } from './values.ts';

type WriteRequest = { readonly PutRequest: JsonObject } | { readonly DeleteRequest: JsonObject };

export interface BatchWritten {
  /** By table: what was written, in the order of the request, null where it was not. */
  readonly data: JsonObject;
  /** By table: what DynamoDB had no room for. */
  readonly unprocessed: JsonObject;
}

/** BatchWriteItem of the entries of `tables`, which are all items to put or all keys to delete. */
export async function batchWrite(
  access: TableAccess,
  tables: Json | undefined,
  toRequest: (entry: JsonObject) => WriteRequest,
): Promise<BatchWritten> {
  const asked = Object.entries(requireObject(tables, 'tables')).map(([name, list]) => {
    const path = `tables][${name}`;
    return [name, requireList(list, path).map((entry) => toWireMap(entry, path))] as const;
  });
  const answer = await access.call('BatchWriteItem', {
    RequestItems: Object.fromEntries(asked.map(([name, entries]) => [name, entries.map(toRequest)])),
  });
  const left = (answer['UnprocessedItems'] ?? {}) as Record<string, readonly WriteRequest[]>;
  const isLeft = (name: string) => {
    const requests = new Set((left[name] ?? []).map((request) => JSON.stringify(request)));
    return (entry: JsonObject) => requests.size > 0 && requests.has(JSON.stringify(toRequest(entry)));
  };
  return {
    data: Object.fromEntries(
      asked.map(([name, entries]) => {
        const unwritten = isLeft(name);
        return [name, entries.map((entry) => (unwritten(entry) ? null : fromWireItem(entry)))];
      }),
    ),
    unprocessed: Object.fromEntries(
      asked.map(([name, entries]) => [name, entries.filter(isLeft(name)).map(fromWireItem)]),
    ),
  };
}
