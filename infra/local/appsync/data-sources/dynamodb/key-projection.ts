import type { JsonObject } from '../../../service.ts';

export interface KeyProjection {
  readonly wire: JsonObject;
  /** The attributes that the projection did not name. */
  readonly added: readonly string[];
}

/**
 * Expressions whose projection has the key's attributes too: without them nothing tells which of several keys an item
 * belongs to.
 */
export function projectKey(expressions: JsonObject, keyNames: readonly string[]): KeyProjection {
  const projection = expressions['ProjectionExpression'];
  if (typeof projection !== 'string') return { wire: expressions, added: [] };
  const names = (expressions['ExpressionAttributeNames'] ?? {}) as Readonly<Record<string, string>>;
  const paths = projection.split(',').map((path) => path.trim());
  const named = new Set(paths.map((path) => (path.startsWith('#') ? names[path] : path)));
  const added = keyNames.filter((name) => !named.has(name));
  if (added.length === 0) return { wire: expressions, added };
  const aliases = Object.fromEntries(added.map((name, index) => [`#appsync_key${index}`, name]));
  return {
    wire: {
      ...expressions,
      ProjectionExpression: [projection, ...Object.keys(aliases)].join(', '),
      ExpressionAttributeNames: { ...names, ...aliases },
    },
    added,
  };
}
