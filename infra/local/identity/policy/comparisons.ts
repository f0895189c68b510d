import { BlockList, isIP, isIPv6 } from 'node:net';
import { malformed } from './document.ts';
import { compilePattern } from './pattern.ts';
import type { RequestContext } from './request-context.ts';

type Test = (actual: string, context: RequestContext) => boolean;

export interface Comparison {
  readonly negated: boolean;
  /** A test against one value of the policy. */
  compile(expected: string, variables: boolean): Test;
}

const text =
  (wildcards: boolean, ignoreCase = false): Comparison['compile'] =>
  (expected, variables) => {
    const pattern = compilePattern(expected, { variables, wildcards, ignoreCase });
    return (actual, context) => pattern.matches(actual, context);
  };

/** Each of the six parts of an ARN is matched alone, so a star does not reach into the next. */
const arn: Comparison['compile'] = (expected, variables) => {
  if (expected === '*') return () => true;
  const patterns = arnParts(expected).map((part) => compilePattern(part, { variables, wildcards: true }));
  return (actual, context) => {
    const parts = arnParts(actual);
    return (
      parts.length === patterns.length &&
      patterns.every((pattern, index) => pattern.matches(parts[index] ?? '', context))
    );
  };
};

/** A variable in an ARN has colons of its own. */
function arnParts(value: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of value) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (character === ':' && depth === 0 && parts.length < 5) {
      parts.push(part);
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part];
}

const numeric = (holds: (actual: number, expected: number) => boolean): Comparison['compile'] =>
  scalar(holds, Number, 'a number');

/** ISO 8601, or seconds since the epoch. */
const date = (holds: (actual: number, expected: number) => boolean): Comparison['compile'] =>
  scalar(holds, (value) => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value)), 'a date');

function scalar(
  holds: (actual: number, expected: number) => boolean,
  read: (text: string) => number,
  kind: string,
): Comparison['compile'] {
  return (expected, variables) => {
    if (variables && expected.includes('${')) {
      throw malformed(`Syntax errors in policy: ${expected} is a variable where ${kind} is expected.`);
    }
    const limit = read(expected);
    if (Number.isNaN(limit)) throw malformed(`Syntax errors in policy: ${expected} is not ${kind}.`);
    return (actual) => actual !== '' && holds(read(actual), limit);
  };
}

const bool: Comparison['compile'] = (expected, variables) => text(false, true)(expected, variables);

const address: Comparison['compile'] = (expected) => {
  const [network = '', prefix] = expected.split('/');
  if (isIP(network) === 0) throw malformed(`Syntax errors in policy: ${expected} is no IP address or range.`);
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  if (!Number.isInteger(length) || length < 0 || length > longest) {
    throw malformed(`Syntax errors in policy: ${expected} is no IP address or range.`);
  }
  const list = new BlockList();
  list.addSubnet(network, length, family);
  return (actual) => isIP(actual) !== 0 && list.check(actual, isIPv6(actual) ? 'ipv6' : 'ipv4');
};

const both = (name: string, negatedName: string, compile: Comparison['compile']): [string, Comparison][] => [
  [name, { negated: false, compile }],
  [negatedName, { negated: true, compile }],
];

const ordered = (
  prefix: string,
  compile: (holds: (actual: number, expected: number) => boolean) => Comparison['compile'],
): [string, Comparison][] => [
  ...both(
    `${prefix}Equals`,
    `${prefix}NotEquals`,
    compile((actual, expected) => actual === expected),
  ),
  [`${prefix}LessThan`, { negated: false, compile: compile((actual, expected) => actual < expected) }],
  [`${prefix}LessThanEquals`, { negated: false, compile: compile((actual, expected) => actual <= expected) }],
  [`${prefix}GreaterThan`, { negated: false, compile: compile((actual, expected) => actual > expected) }],
  [`${prefix}GreaterThanEquals`, { negated: false, compile: compile((actual, expected) => actual >= expected) }],
];

/** By the operator's name without `ForAllValues:`, `ForAnyValue:` and `IfExists`. */
export const comparisons: Readonly<Record<string, Comparison>> = Object.fromEntries([
  ...both('StringEquals', 'StringNotEquals', text(false)),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text(false, true)),
  ...both('StringLike', 'StringNotLike', text(true)),
  ...both('ArnEquals', 'ArnNotEquals', arn),
  ...both('ArnLike', 'ArnNotLike', arn),
  ...ordered('Numeric', numeric),
  ...ordered('Date', date),
  ...both('IpAddress', 'NotIpAddress', address),
  ['Bool', { negated: false, compile: bool }],
  ['BinaryEquals', { negated: false, compile: text(false) }],
]);
