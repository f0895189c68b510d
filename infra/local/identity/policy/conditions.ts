import { malformed, type Condition } from './document.ts';
import { comparisons } from './comparisons.ts';
import type { RequestContext } from './request-context.ts';

export type CompiledCondition = (context: RequestContext) => boolean;

/**
 * One operator with one key.
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context keys".
 */
export function compileCondition({ operator, key, values }: Condition, variables: boolean): CompiledCondition {
  const [, quantifier, name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null') return nullCondition(key, values, operator, quantifier !== undefined || ifExists !== undefined);

  const comparison = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
  if (!comparison) throw malformed(`Syntax errors in policy: there is no condition operator ${operator}.`);
  const tests = values.map((value) => comparison.compile(value, variables));
  const holds = (value: string, context: RequestContext): boolean =>
    tests.some((matches) => matches(value, context)) !== comparison.negated;

  if (quantifier === 'ForAllValues:') {
    // True as well where the request has no such key: AWS's own vacuous truth.
    return (context) => (context.values(key) ?? []).every((value) => holds(value, context));
  }
  if (quantifier === 'ForAnyValue:') {
    return (context) => {
      const actual = context.values(key);
      if (actual === undefined) return ifExists !== undefined;
      return actual.some((value) => holds(value, context));
    };
  }
  // A key that is absent equals nothing, so it differs from everything.
  const whenAbsent = ifExists !== undefined || comparison.negated;
  return (context) => {
    const actual = context.values(key);
    if (actual === undefined || actual.length === 0) return whenAbsent;
    return actual.every((value) => holds(value, context));
  };
}

function nullCondition(
  key: string,
  values: readonly string[],
  operator: string,
  decorated: boolean,
): CompiledCondition {
  const [value] = values;
  if (decorated || values.length !== 1 || (value !== 'true' && value !== 'false')) {
    throw malformed(`Syntax errors in policy: ${operator} of ${key} is ${values.join(', ')}, expected true or false.`);
  }
  const expectsAbsent = value === 'true';
  return (context) => ((context.values(key)?.length ?? 0) === 0) === expectsAbsent;
}
