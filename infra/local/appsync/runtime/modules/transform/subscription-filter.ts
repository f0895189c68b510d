import { includes, isFields, type Fields } from '../primordials.ts';

interface Filter {
  fieldName: string;
  operator: string;
  value: unknown;
}

/** Filters that hold together. */
type Group = readonly Filter[];

/**
 * A filter object as groups of which one must hold. Every operator of a field, every member of an `or` and every rule
 * is an alternative, so the groups multiply out. What is no filter object is answered with null.
 */
export function toSubscriptionFilter(filter: unknown, ignored?: unknown, rules?: unknown): unknown {
  if (!isFields(filter)) return null;
  const ignoredFields: unknown[] = Array.isArray(ignored) ? ignored : [];
  const groups = multiply([expandFields(filter, ignoredFields), expandRules(rules)]);
  return { filterGroup: groups.filter((filters) => filters.length > 0).map((filters) => ({ filters })) };
}

function expandFields(fields: unknown, ignored: readonly unknown[]): Group[] {
  if (!isFields(fields)) return [[]];
  return multiply(Object.keys(fields).map((name) => expandField(name, fields[name], ignored)));
}

function expandField(name: string, value: unknown, ignored: readonly unknown[]): Group[] {
  if (includes(ignored, name)) return [[]];
  if (name === 'and' && Array.isArray(value)) return multiply(value.map((member) => expandFields(member, ignored)));
  if (name === 'or' && Array.isArray(value)) return orEmpty(value.flatMap((member) => expandFields(member, ignored)));
  return expandOperators(name, value);
}

function expandRules(rules: unknown): Group[] {
  if (!isFields(rules)) return [[]];
  return orEmpty(Object.keys(rules).flatMap((name) => expandOperators(name, rules[name])));
}

function expandOperators(fieldName: string, operators: unknown): Group[] {
  const given: Fields = isFields(operators) ? operators : {};
  return orEmpty(Object.keys(given).map((operator) => [{ fieldName, operator, value: given[operator] }]));
}

/** No alternative at all is no condition. */
function orEmpty(groups: Group[]): Group[] {
  return groups.length > 0 ? groups : [[]];
}

function multiply(factors: readonly Group[][]): Group[] {
  return factors.reduce<Group[]>(
    (groups, factor) => groups.flatMap((group) => factor.map((more) => [...group, ...more])),
    [[]],
  );
}
