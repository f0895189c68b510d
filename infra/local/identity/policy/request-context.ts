import type { ConditionContext } from '../../service.ts';

/** Condition keys of one request; their names know no upper and lower case. */
export interface RequestContext {
  /** All values of a key; undefined where the request has no such key. */
  values(key: string): readonly string[] | undefined;
}

/**
 * Looks a key up in each of the sources, first the first. They are gathered when the first key is asked for, since
 * most statements ask for none.
 */
export function requestContext(gather: () => readonly (ConditionContext | undefined)[]): RequestContext {
  let byName: Map<string, readonly string[]> | undefined;
  return { values: (key) => (byName ??= index(gather())).get(key.toLowerCase()) };
}

function index(sources: readonly (ConditionContext | undefined)[]): Map<string, readonly string[]> {
  const byName = new Map<string, readonly string[]>();
  for (const source of sources) {
    for (const [name, value] of Object.entries(source ?? {})) {
      const key = name.toLowerCase();
      if (!byName.has(key)) byName.set(key, typeof value === 'string' ? [value] : value);
    }
  }
  return byName;
}
