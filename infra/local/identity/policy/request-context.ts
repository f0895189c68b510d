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
  const gathered: Map<string, readonly string[]>[] = [];
  return {
    values(key) {
      const name = key.toLowerCase();
      for (const [position, source] of sources.entries()) {
        const values = (gathered[position] ??= index(source())).get(name);
        if (values) return values;
      }
      return undefined;
    },
  };
}

function index(source: ConditionContext | undefined): Map<string, readonly string[]> {
  return new Map(
    Object.entries(source ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}
