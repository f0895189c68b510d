import { requireObject } from '../request-object.ts';
import { afterFailedCondition, conditionOf, withStored } from './condition.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItemOrNull, toWireMap } from './values.ts';

/** The result is the item that was deleted. */
export const deleteItem: TableOperation = async (access, request) => {
  const given = requireObject(request, '', ['version', 'operation', 'key', 'condition']);
  const key = toWireMap(given['key'] ?? null, 'key');
  const condition = given['condition'];
  const expressions = toWireExpressions([conditionOf(condition)]);
  try {
    const answer = await access.call('DeleteItem', {
      TableName: access.tableName,
      Key: key,
      ReturnValues: 'ALL_OLD',
      ...expressions,
      ...withStored,
    });
    return { result: fromWireItemOrNull(answer['Attributes']) };
  } catch (error) {
    return await afterFailedCondition(access, { error, condition, key, isAsWanted: (stored) => stored === null });
  }
};
