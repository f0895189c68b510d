import type { Json, JsonObject } from '../../../service.ts';
import { requireList, requireObject, requireText } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItemOrNull, toWireMap } from './values.ts';

export const transactGetItems: TableOperation = async ({ call }, request) => {
  const { transactItems } = requireObject(request, '', ['version', 'operation', 'transactItems']);
  const items = requireList(transactItems, 'transactItems').map(toWireGet);
  const answer = await call('TransactGetItems', { TransactItems: items });
  const responses = (answer['Responses'] ?? []) as readonly JsonObject[];
  return { result: { items: items.map((_, index) => fromWireItemOrNull(responses[index]?.['Item'])) } };
};

function toWireGet(value: Json, index: number): JsonObject {
  const path = `transactItems][${index}`;
  const { table, key, projection } = requireObject(value, path, ['table', 'key', 'projection']);
  return {
    Get: {
      TableName: requireText(table, `${path}][table`),
      Key: toWireMap(key ?? null, `${path}][key`),
      ...toWireExpressions([{ member: 'ProjectionExpression', given: projection, path: `${path}][projection` }]),
    },
  };
}
