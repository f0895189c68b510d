import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../service.ts';
import { requireObject } from '../request-object.ts';
import { afterFailedCondition, conditionOf, withStored } from './condition.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItem, toWireMap, without } from './values.ts';

/** The result is the item as it was put. */
export const putItem: TableOperation = async (access, request) => {
  const given = requireObject(request, '', ['version', 'operation', 'key', 'attributeValues', 'condition']);
  const key = toWireMap(given['key'] ?? null, 'key');
  const item = { ...toWireMap(given['attributeValues'] ?? {}, 'attributeValues'), ...key };
  const condition = given['condition'];
  const expressions = toWireExpressions([conditionOf(condition)]);
  const wanted = fromWireItem(item);
  try {
    await access.call('PutItem', { TableName: access.tableName, Item: item, ...expressions, ...withStored });
    return { result: wanted };
  } catch (error) {
    const isAsWanted = (stored: JsonObject | null, ignored: ReadonlySet<string>) =>
      stored !== null && isDeepStrictEqual(without(stored, ignored), without(wanted, ignored));
    return await afterFailedCondition(access, { error, condition, key, isAsWanted });
  }
};
