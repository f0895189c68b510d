import { requireObject } from '../request-object.ts';
import { batchWrite } from './batch-write.ts';
import type { TableOperation } from './operation.ts';

export const batchDeleteItem: TableOperation = async (access, request) => {
  const { tables } = requireObject(request, '', ['version', 'operation', 'tables']);
  const { data, unprocessed } = await batchWrite(access, tables, (key) => ({ DeleteRequest: { Key: key } }));
  return { result: { data, unprocessedKeys: unprocessed } };
};
