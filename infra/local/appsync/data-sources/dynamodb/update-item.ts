import { requireObject } from '../request-object.ts';
import { afterFailedCondition, conditionOf, withStored } from './condition.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItemOrNull, toWireMap } from './values.ts';

/** The result is the item as it is after the update. */
export const updateItem: TableOperation = async (access, request) => {
  const given = requireObject(request, '', ['version', 'operation', 'key', 'update', 'condition']);
  const key = toWireMap(given['key'] ?? null, 'key');
  const condition = given['condition'];
  const expressions = toWireExpressions([
    { member: 'UpdateExpression', given: given['update'], path: 'update' },
    conditionOf(condition),
  ]);
  try {
    const answer = await access.call('UpdateItem', {
      TableName: access.tableName,
      Key: key,
      ReturnValues: 'ALL_NEW',
      ...expressions,
      ...withStored,
    });
    return { result: fromWireItemOrNull(answer['Attributes']) };
  } catch (error) {
    // What an update expression would have left cannot be compared with what is stored.
    return await afterFailedCondition(access, { error, condition, key, isAsWanted: () => false });
  }
};
