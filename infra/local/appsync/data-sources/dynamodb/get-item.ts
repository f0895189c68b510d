import { requireObject } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItemOrNull, toWireMap } from './values.ts';

export const getItem: TableOperation = async ({ tableName, call }, request) => {
  const given = requireObject(request, '', ['version', 'operation', 'key', 'consistentRead', 'projection']);
  const answer = await call('GetItem', {
    TableName: tableName,
    Key: toWireMap(given['key'] ?? null, 'key'),
    ConsistentRead: given['consistentRead'] === true,
    ...toWireExpressions([{ member: 'ProjectionExpression', given: given['projection'], path: 'projection' }]),
  });
  return { result: fromWireItemOrNull(answer['Item']) };
};
