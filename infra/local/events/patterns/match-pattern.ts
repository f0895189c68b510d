import type { Json, JsonObject } from '../../service.ts';
import { inCidr } from './cidr.ts';
import { isObject } from './validate-pattern.ts';

/** Whether an event matches a pattern that has been validated. Source: EventBridge User Guide, "Event patterns". */
export function matchPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or')
      return (wanted as readonly JsonObject[]).some((alternative) => matchPattern(alternative, event));
    const actual = Object.hasOwn(event, name) ? event[name] : undefined;
    if (Array.isArray(wanted)) return (wanted as readonly Json[]).some((matcher) => matchLeaf(matcher, actual));
    // Of a list of objects, one must match in all.
    const candidates = Array.isArray(actual) ? (actual as readonly Json[]) : [actual ?? {}];
    return candidates.some((candidate) => isObject(candidate) && matchPattern(wanted as JsonObject, candidate));
  });
}

function matchLeaf(matcher: Json, actual: Json | undefined): boolean {
  if (isObject(matcher) && 'exists' in matcher)
    return (actual !== undefined && !isObject(actual)) === matcher['exists'];
  if (actual === undefined) return false;
  const values = Array.isArray(actual) ? (actual as readonly Json[]) : [actual];
  return values.some((value) => matchValue(matcher, value));
}

function matchValue(matcher: Json, value: Json): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [name, argument] = Object.entries(matcher)[0] as [string, Json];
  return matchers[name]?.(argument, value) ?? false;
}

const matchers: Readonly<Record<string, (argument: Json, value: Json) => boolean>> = {
  prefix: (argument, value) => affix(argument, value, (text, part) => text.startsWith(part)),
  suffix: (argument, value) => affix(argument, value, (text, part) => text.endsWith(part)),
  'equals-ignore-case': (argument, value) =>
    typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase(),
  wildcard: (argument, value) => typeof value === 'string' && matchWildcard(String(argument), value),
  cidr: (argument, value) => typeof value === 'string' && inCidr(value, String(argument)),
  numeric: (argument, value) => typeof value === 'number' && inRange(argument as readonly Json[], value),
  'anything-but': (argument, value) => {
    if (!isObject(argument)) return !listOf(argument).includes(value);
    const [name, unwanted] = Object.entries(argument)[0] as [string, Json];
    return typeof value === 'string' && !listOf(unwanted).some((item) => matchers[name]?.(item, value));
  },
};

function affix(argument: Json, value: Json, test: (text: string, part: string) => boolean): boolean {
  if (typeof value !== 'string') return false;
  if (typeof argument === 'string') return test(value, argument);
  return test(value.toLowerCase(), String((argument as JsonObject)['equals-ignore-case']).toLowerCase());
}

/** `*` stands for any characters; `\*` for itself. Walks the text once for each part, so no pattern is slow. */
function matchWildcard(pattern: string, text: string): boolean {
  const parts = pattern
    .replace(/\\([\\*])/g, (_, character: string) => (character === '*' ? '\u0000' : '\u0001'))
    .split('*')
    .map((part) => part.replaceAll('\u0000', '*').replaceAll('\u0001', '\\'));
  const first = parts.shift() as string;
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '=': (left, right) => left === right,
};

function inRange(range: readonly Json[], value: number): boolean {
  for (let at = 0; at < range.length; at += 2) {
    if (!comparisons[String(range[at])]?.(value, Number(range[at + 1]))) return false;
  }
  return true;
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}
