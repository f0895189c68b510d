import type { Json, JsonObject } from '../../../service.ts';
import { requireList, requireObject } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import { projectKey } from './key-projection.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItem, toWireMap, without } from './values.ts';

interface TableRequest {
  readonly keys: readonly JsonObject[];
  readonly wire: JsonObject;
  /** Asked for to tell the items apart, and not to be answered. */
  readonly hidden: ReadonlySet<string>;
}

/** Items come back in the order of their keys, null where there is none. */
export const batchGetItem: TableOperation = async ({ call }, request) => {
  const { tables } = requireObject(request, '', ['version', 'operation', 'tables']);
  const asked = Object.entries(requireObject(tables, 'tables')).map(
    ([name, given]) => [name, readTable(name, given)] as const,
  );
  const answer = await call('BatchGetItem', {
    RequestItems: Object.fromEntries(asked.map(([name, { wire }]) => [name, wire])),
  });
  const found = (answer['Responses'] ?? {}) as Record<string, readonly JsonObject[]>;
  const unprocessed = (answer['UnprocessedKeys'] ?? {}) as Record<string, { readonly Keys?: readonly Json[] }>;
  return {
    result: {
      data: Object.fromEntries(
        asked.map(([name, { keys, hidden }]) => [name, inOrder(keys, found[name] ?? [], hidden)]),
      ),
      unprocessedKeys: Object.fromEntries(
        asked.map(([name]) => [name, (unprocessed[name]?.Keys ?? []).map(fromWireItem)]),
      ),
    },
  };
};

/** `{keys, consistentRead, projection}`, or the keys alone. */
function readTable(name: string, given: Json): TableRequest {
  const path = `tables][${name}`;
  const asObject: Json = Array.isArray(given) ? { keys: given as readonly Json[] } : given;
  const table = requireObject(asObject, path, ['keys', 'consistentRead', 'projection']);
  const keys = requireList(table['keys'], `${path}][keys`).map((key) => toWireMap(key, `${path}][keys`));
  const projection = {
    member: 'ProjectionExpression',
    given: table['projection'],
    path: `${path}][projection`,
  } as const;
  const { wire, added } = projectKey(toWireExpressions([projection]), namesOf(keys));
  return {
    keys,
    wire: { Keys: keys, ConsistentRead: table['consistentRead'] === true, ...wire },
    hidden: new Set(added),
  };
}

/** All keys of a table have the same. */
function namesOf(keys: readonly JsonObject[]): string[] {
  return Object.keys(keys[0] ?? {});
}

function inOrder(keys: readonly JsonObject[], items: readonly JsonObject[], hidden: ReadonlySet<string>): Json[] {
  const names = namesOf(keys);
  const identify = (item: JsonObject): string => JSON.stringify(names.map((name) => item[name] ?? null));
  const byKey = new Map(items.map((item) => [identify(item), item]));
  return keys.map((key) => {
    const item = byKey.get(identify(key));
    return item ? fromWireItem(without(item, hidden)) : null;
  });
}
