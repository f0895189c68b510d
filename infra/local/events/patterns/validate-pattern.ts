import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';
import { isCidr } from './cidr.ts';

/** Source: EventBridge User Guide, "Comparison operators for use in event patterns". */
const filters: Readonly<Record<string, (argument: Json) => boolean>> = {
  prefix: (argument) => isText(argument) || isIgnoreCase(argument),
  suffix: (argument) => isText(argument) || isIgnoreCase(argument),
  'equals-ignore-case': isText,
  wildcard: isWildcard,
  exists: (argument) => typeof argument === 'boolean',
  cidr: (argument) => typeof argument === 'string' && isCidr(argument),
  numeric: isNumericRange,
  'anything-but': (argument) => {
    if (!isObject(argument))
      return (Array.isArray(argument) ? (argument as readonly Json[]) : [argument]).every(
        (item) => isText(item) || typeof item === 'number',
      );
    const [name, ...others] = Object.keys(argument);
    if (
      name === undefined ||
      others.length > 0 ||
      !['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(name)
    )
      return false;
    const values = argument[name];
    return (Array.isArray(values) ? (values as readonly Json[]) : [values as Json]).every(
      name === 'wildcard' ? isWildcard : isText,
    );
  },
};

/** Parses and checks a pattern. Throws `InvalidEventPatternException`. */
export function parsePattern(text: string): JsonObject {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  validatePattern(pattern);
  return pattern;
}

export function validatePattern(pattern: unknown): asserts pattern is JsonObject {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalid('it is no object with members');
  checkObject(pattern, '');
}

function checkObject(pattern: JsonObject, path: string): void {
  for (const [name, value] of Object.entries(pattern)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (name === '$or') {
      if (!Array.isArray(value) || value.length < 2 || !value.every(isObject))
        throw invalid(`${at} must be a list of two patterns or more`);
      for (const alternative of value as readonly JsonObject[]) checkObject(alternative, at);
    } else if (Array.isArray(value)) {
      if (value.length === 0) throw invalid(`Empty arrays are not allowed: ${at}`);
      for (const matcher of value as readonly Json[]) checkMatcher(matcher, at);
    } else if (isObject(value)) {
      if (Object.keys(value).length === 0) throw invalid(`Empty objects are not allowed: ${at}`);
      checkObject(value, at);
    } else {
      throw invalid(`"${name}" must be an object or an array: ${at}`);
    }
  }
}

function checkMatcher(matcher: Json, at: string): void {
  if (!isObject(matcher)) {
    if (Array.isArray(matcher)) throw invalid(`a list in a list at ${at}`);
    return;
  }
  const [name, ...others] = Object.keys(matcher);
  if (name === undefined || others.length > 0) throw invalid(`Only one key allowed in match expression: ${at}`);
  const check = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (!check) throw invalid(`Unrecognized match type ${name} at ${at}`);
  if (!check(matcher[name] as Json)) throw invalid(`${JSON.stringify(matcher)} at ${at} is no ${name} match`);
}

function isNumericRange(argument: Json): boolean {
  if (!Array.isArray(argument) || (argument.length !== 2 && argument.length !== 4)) return false;
  const items = argument as readonly Json[];
  const isPair = (at: number): boolean =>
    ['<', '<=', '>', '>=', '='].includes(String(items[at])) && typeof items[at + 1] === 'number';
  return isPair(0) && (items.length === 2 || isPair(2));
}

function isWildcard(argument: Json): boolean {
  return isText(argument) && !/\*\*/.test(argument);
}

function isIgnoreCase(argument: Json): boolean {
  return isObject(argument) && Object.keys(argument).length === 1 && isText(argument['equals-ignore-case']);
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
