import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';

/** Whether a payload is for a subscription. */
export type Filter = (payload: Json) => boolean;

const maximumGroups = 10;
const maximumFilters = 5;
const maximumValues = 5;
const maximumCharacters = 256;
const maximumNesting = 5;

/** An argument that was given must equal the payload's property of its name; an explicit null matches null. */
export function argumentFilter(args: JsonObject): Filter {
  const wanted = Object.entries(args);
  return (payload) => wanted.every(([name, value]) => isSame(propertyOf(payload, name), value));
}

/**
 * An enhanced filter: `{filterGroup: [{filters: [{fieldName, operator, value}]}]}`. Filters of a group must all hold,
 * of the groups one.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html
 * @throws AwsError `BadRequestException` if it is not one, or larger than AppSync takes
 */
export function enhancedFilter(definition: Json): Filter {
  const groups = listOf(objectOf(definition, 'the filter')['filterGroup'], 'filterGroup', maximumGroups);
  const compiled = groups.map((group) => {
    const filters = listOf(objectOf(group, 'a group')['filters'], 'filters', maximumFilters);
    return filters.map((filter) => compileFilter(objectOf(filter, 'a filter')));
  });
  return (payload) => compiled.some((filters) => filters.every((holds) => holds(payload)));
}

type Comparison = (got: Json, value: Json) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: isSame,
  ne: (got, value) => !isSame(got, value),
  le: (got, value) => ordered(got, value, (order) => order <= 0),
  lt: (got, value) => ordered(got, value, (order) => order < 0),
  ge: (got, value) => ordered(got, value, (order) => order >= 0),
  gt: (got, value) => ordered(got, value, (order) => order > 0),
  contains: contains,
  notContains: (got, value) => !contains(got, value),
  beginsWith: (got, value) => typeof got === 'string' && typeof value === 'string' && got.startsWith(value),
  in: (got, value) => Array.isArray(value) && value.some((entry: Json) => isSame(got, entry)),
  notIn: (got, value) => Array.isArray(value) && !value.some((entry: Json) => isSame(got, entry)),
  between: (got, value) => {
    const [low = null, high = null] = Array.isArray(value) ? (value as Json[]) : [];
    return ordered(got, low, (order) => order >= 0) && ordered(got, high, (order) => order <= 0);
  },
  containsAny: (got, value) => Array.isArray(value) && value.some((entry: Json) => contains(got, entry)),
};

function compileFilter({ fieldName, operator, value = null }: JsonObject): Filter {
  if (typeof fieldName !== 'string') throw refuse(`a fieldName is ${JSON.stringify(fieldName)}, expected a text`);
  const path = fieldName.split('.');
  if (path.length > maximumNesting)
    throw refuse(`${fieldName} is nested ${path.length} deep, at most ${maximumNesting}`);
  const compare =
    typeof operator === 'string' && Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (!compare) {
    throw refuse(
      `the operator of ${fieldName} is ${JSON.stringify(operator)}, expected one of ${Object.keys(comparisons).join(
        ', ',
      )}`,
    );
  }
  const values = Array.isArray(value) ? (value as Json[]) : [value];
  if (values.length > maximumValues) throw refuse(`${fieldName} has ${values.length} values, at most ${maximumValues}`);
  if (values.some((entry) => typeof entry === 'string' && entry.length > maximumCharacters)) {
    throw refuse(`a value of ${fieldName} has more than ${maximumCharacters} characters`);
  }
  return (payload) => compare(valueAt(payload, path), value);
}

function valueAt(payload: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, name) => propertyOf(value, name), payload);
}

function propertyOf(value: Json, name: string): Json {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  return (value as JsonObject)[name] ?? null;
}

function isSame(left: Json, right: Json): boolean {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return left === right;
  const keys = Object.keys(left);
  if (Array.isArray(left) !== Array.isArray(right) || keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && isSame(propertyOf(left, key), propertyOf(right, key)));
}

function ordered(got: Json, value: Json, accepts: (order: number) => boolean): boolean {
  if (typeof got === 'number' && typeof value === 'number') return accepts(got - value);
  if (typeof got === 'string' && typeof value === 'string') return accepts(got < value ? -1 : got > value ? 1 : 0);
  return false;
}

/** Of a text a part, of a list an element. */
function contains(got: Json, value: Json): boolean {
  if (Array.isArray(got)) return got.some((entry: Json) => isSame(entry, value));
  return typeof got === 'string' && typeof value === 'string' && got.includes(value);
}

function objectOf(value: Json | undefined, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw refuse(`${what} is ${JSON.stringify(value)}, expected an object`);
}

function listOf(value: Json | undefined, what: string, maximum: number): readonly Json[] {
  if (!Array.isArray(value)) throw refuse(`${what} is ${JSON.stringify(value)}, expected a list`);
  if (value.length > maximum) throw refuse(`${what} has ${value.length} entries, at most ${maximum}`);
  return value as readonly Json[];
}

function refuse(reason: string): AwsError {
  return new AwsError('BadRequestException', `Invalid subscription filter: ${reason}.`);
}
