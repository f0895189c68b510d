import { requireObject } from '../request-object.ts';
import { batchWrite } from './batch-write.ts';
import type { TableOperation } from './operation.ts';

export const batchPutItem: TableOperation = async (access, request) => {
  const { tables } = requireObject(request, '', ['version', 'operation', 'tables']);
  const { data, unprocessed } = await batchWrite(access, tables, (item) => ({ PutRequest: { Item: item } }));
  return { result: { data, unprocessedItems: unprocessed } };
};
