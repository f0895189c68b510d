import { GraphQLError, Kind, valueFromASTUntyped, type GraphQLScalarType } from 'graphql';
import { isIP } from 'node:net';
import { isDate, isDateTime, isTime } from './date-time.ts';

interface ScalarRule {
  /** How AppSync names the type in its messages. */
  accepts(value: unknown): boolean;
  /** What resolver code is given. */
  parse?(value: unknown): unknown;
  serialize?(value: unknown): unknown;
}

const emailPattern =
  /^[^\s@"(),:;<>[\\\]]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
const phonePattern = /^\+?[0-9][0-9 \-()]*$/;

const text =
  (test: (value: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && test(value);

/** @see https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html */
const rules: Readonly<Record<string, ScalarRule>> = {
  AWSDate: { accepts: text(isDate) },
  AWSTime: { accepts: text(isTime) },
  AWSDateTime: { accepts: text(isDateTime) },
  AWSTimestamp: { accepts: (value) => Number.isSafeInteger(value) },
  AWSEmail: { accepts: text((value) => emailPattern.test(value)) },
  AWSURL: { accepts: text((value) => URL.canParse(value)) },
  AWSPhone: { accepts: text((value) => phonePattern.test(value) && value.replace(/\D/g, '').length >= 3) },
  AWSIPAddress: { accepts: text(isAddress) },
  AWSJSON: {
    accepts: text(isJson),
    parse: (value) => JSON.parse(value as string) as unknown,
    serialize: serializeJson,
  },
};

/** Gives AppSync's own scalars their checks, in a schema that declares them by name alone. */
export function applyScalarRule(scalar: GraphQLScalarType): void {
  const rule = rules[scalar.name];
  if (!rule) return;
  const parse = rule.parse ?? ((value: unknown) => value);
  const refuse = (value: unknown, verb: string) =>
    new GraphQLError(`Unable to ${verb} \`${display(value)}\` as a valid ${scalar.name.replace(/^AWS/, '')}`);

  scalar.parseValue = (value) => {
    if (!rule.accepts(value)) throw refuse(value, 'parse');
    return parse(value);
  };
  scalar.parseLiteral = (node, variables) => {
    const value = node.kind === Kind.INT ? Number(node.value) : valueFromASTUntyped(node, variables);
    if (!rule.accepts(value)) throw refuse(value, 'parse');
    return parse(value);
  };
  scalar.serialize = (value) => {
    if (rule.serialize) return rule.serialize(value);
    const plain = scalar.name === 'AWSTimestamp' && typeof value === 'string' && value !== '' ? Number(value) : value;
    if (!rule.accepts(plain)) throw refuse(value, 'serialize');
    return plain;
  };
}

/** A text that is JSON already stays as it is, so that a value read back from a table is not quoted again. */
function serializeJson(value: unknown): string {
  return typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** IPv4 or IPv6, with or without the length of a subnet's prefix. */
function isAddress(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

function display(value: unknown): string {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return (shown ?? 'null').slice(0, 200);
}
