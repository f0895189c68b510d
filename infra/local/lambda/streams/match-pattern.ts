import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';

/** Whether a value has what the pattern asks for. */
export type Matcher = (value: Json | undefined) => boolean;

/**
 * Compiles an event pattern as filter criteria use them. Throws InvalidParameterValueException naming what is unknown.
 * Sources: Lambda developer guide, "Control which events Lambda sends to your function"; Amazon EventBridge user guide,
 * "Comparison operators for use in event patterns".
 */
export function compilePattern(text: string): Matcher {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid(`${text} is not JSON`);
  }
  if (!isObject(pattern)) throw invalid(`${text} is no object`);
  return compileObject(pattern as JsonObject);
}

function compileObject(pattern: JsonObject): Matcher {
  const members = Object.entries(pattern).map(([name, wanted]): Matcher => {
    if (name === '$or' && Array.isArray(wanted)) return compileAny(wanted as readonly Json[]);
    const matcher = compileMember(name, wanted);
    return (value) => matcher(isObject(value) ? (value as JsonObject)[name] : undefined);
  });
  return (value) => members.every((member) => member(value));
}

function compileAny(alternatives: readonly Json[]): Matcher {
  const matchers = alternatives.map((alternative) => {
    if (!isObject(alternative)) throw invalid('$or takes objects');
    return compileObject(alternative as JsonObject);
  });
  return (value) => matchers.some((matcher) => matcher(value));
}

function compileMember(name: string, wanted: Json): Matcher {
  if (isObject(wanted)) return compileObject(wanted as JsonObject);
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw invalid(`${name} is ${JSON.stringify(wanted)}: expected an object or a list of at least one`);
  }
  const rules = (wanted as readonly Json[]).map(compileRule);
  // A list in an event matches if one of its values does.
  return (value) =>
    Array.isArray(value) && value.length > 0
      ? (value as readonly Json[]).some((item) => rules.some((rule) => rule(item)))
      : rules.some((rule) => rule(Array.isArray(value) ? undefined : value));
}

function compileRule(rule: Json): Matcher {
  if (!isObject(rule)) return (value) => value === rule;
  const [[operator, operand] = [], ...more] = Object.entries(rule as JsonObject);
  if (operator === undefined || operand === undefined || more.length > 0) {
    throw invalid(`${JSON.stringify(rule)} is not one comparison`);
  }
  const compile = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (!compile) throw invalid(`${operator} is no comparison known here: ${Object.keys(operators).join(', ')}`);
  return compile(operand);
}

const operators: Readonly<Record<string, (operand: Json) => Matcher>> = {
  exists: (operand) => (value) => (value !== undefined) === operand,
  prefix: (operand) => onText(operand, (value, wanted) => value.startsWith(wanted)),
  suffix: (operand) => onText(operand, (value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': (operand) => onText(operand, (value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  'anything-but': (operand) => {
    const excluded = (Array.isArray(operand) ? (operand as readonly Json[]) : [operand]).map(compileRule);
    return (value) => value !== undefined && !excluded.some((matcher) => matcher(value));
  },
  numeric: (operand) => {
    if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) {
      throw invalid('numeric takes pairs of a comparison and a number');
    }
    const pairs = Array.from({ length: operand.length / 2 }, (_, index) =>
      compareNumbers(operand[index * 2] as Json, operand[index * 2 + 1] as Json),
    );
    return (value) => typeof value === 'number' && pairs.every((holds) => holds(value));
  },
};

function onText(operand: Json, holds: (value: string, wanted: string) => boolean): Matcher {
  if (typeof operand !== 'string') throw invalid(`${JSON.stringify(operand)} is no text`);
  return (value) => typeof value === 'string' && holds(value, operand);
}

function compareNumbers(comparison: Json, wanted: Json): (value: number) => boolean {
  if (typeof wanted !== 'number') throw invalid(`${JSON.stringify(wanted)} is no number`);
  if (comparison === '=') return (value) => value === wanted;
  if (comparison === '<') return (value) => value < wanted;
  if (comparison === '<=') return (value) => value <= wanted;
  if (comparison === '>') return (value) => value > wanted;
  if (comparison === '>=') return (value) => value >= wanted;
  throw invalid(`${JSON.stringify(comparison)} is no comparison of numbers`);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(detail: string): AwsError {
  return new AwsError('InvalidParameterValueException', `Invalid filter pattern definition: ${detail}`);
}
