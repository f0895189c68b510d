import { toSet } from '../util/dynamodb.ts';
import { batchDelete, batchGet, batchPut, transactGet, transactWrite } from './batches.ts';
import { operations } from './operations.ts';
import { get, put, query, remove, scan, sync, update } from './requests.ts';

/** `@aws-appsync/utils/dynamodb`. */
export const dynamodbModule = {
  get,
  put,
  update,
  remove,
  query,
  scan,
  sync,
  batchGet,
  batchPut,
  batchDelete,
  transactGet,
  transactWrite,
  toStringSet: (values: unknown) => toSet('SS', values),
  toNumberSet: (values: unknown) => toSet('NS', values),
  toBinarySet: (values: unknown) => toSet('BS', values),
  operations,
};
