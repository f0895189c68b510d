import type { ConditionContext } from '../../service.ts';

/** Condition keys of one request; their names know no upper and lower case. */
export interface RequestContext {
  /** All values of a key; undefined where the request has no such key. */
  values(key: string): readonly string[] | undefined;
}

/**
 * Looks a key up in each of the sources, first the first. A source is gathered when the ones before it do not have the
 * key, since most statements ask for none, and most others for a key of the call itself.
 */
export function requestContext(...sources: readonly (() => ConditionContext | undefined)[]): RequestContext {
  const gathered: ConditionContext[] = [];
  return {
    values(key) {
      const name = key.toLowerCase();
      for (const [position, source] of sources.entries()) {
        const values = valuesIn((gathered[position] ??= source() ?? {}), name);
        if (values) return values;
      }
      return undefined;
    },
  };
}

/**
 * A request has few keys and is asked for fewer: an index of them would take longer than to look through them. From the last on, since of
 * two whose names differ in their letters' case only, as a role's tag and a session's may, the later one counts.
 */
function valuesIn(context: ConditionContext, name: string): readonly string[] | undefined {
  const keys = Object.keys(context);
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index] ?? '';
    if (key.toLowerCase() !== name) continue;
    const value = context[key];
    if (typeof value === 'string') return [value];
    if (typeof value !== 'function') return value;
    const found = value();
    // What is found to have no value is no key of this request.
    return found.length > 0 ? found : undefined;
  }
  return undefined;
}
