import type { Json, JsonObject } from '../../../service.ts';
import { badRequestObject } from '../../execution/field-failure.ts';
import { optional, requireText } from '../request-object.ts';
import type { TableAccess } from './operation.ts';
import { fromWireItem } from './values.ts';

const selects: readonly string[] = ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'];

/** The members that Query and Scan have in common. */
export function pageMembers(access: TableAccess, request: JsonObject): JsonObject {
  const { index, limit, nextToken, consistentRead, select } = request;
  const indexName = optional(index, (name) => requireText(name, 'index'));
  const maximum = optional(limit, requireLimit);
  const startKey = optional(nextToken, (token) => access.openToken(requireText(token, 'nextToken')));
  const selected = optional(select, requireSelect);
  return {
    TableName: access.tableName,
    ConsistentRead: consistentRead === true,
    ...(indexName !== undefined && { IndexName: indexName }),
    ...(maximum !== undefined && { Limit: maximum }),
    ...(startKey && { ExclusiveStartKey: startKey }),
    ...(selected !== undefined && { Select: selected }),
  };
}

/** `{items, nextToken, scannedCount}` */
export function pageResult(access: TableAccess, answer: JsonObject): JsonObject {
  const items = (answer['Items'] ?? []) as readonly Json[];
  const lastKey = answer['LastEvaluatedKey'] as JsonObject | undefined;
  return {
    items: items.map(fromWireItem),
    nextToken: lastKey ? access.sealToken(lastKey) : null,
    scannedCount: answer['ScannedCount'] ?? items.length,
  };
}

function requireLimit(limit: Json): number {
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return limit;
  throw badRequestObject(`Value for field '$[limit]' is not a whole number above 0.`);
}

function requireSelect(select: Json): Json {
  if (typeof select === 'string' && selects.includes(select)) return select;
  throw badRequestObject(`Value for field '$[select]' is not one of ${selects.join(', ')}.`);
}
