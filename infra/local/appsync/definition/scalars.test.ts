import { GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from './build-schema.ts';

const schema = buildSchema(
  'type Query { a: AWSDate b: AWSTime c: AWSDateTime d: AWSTimestamp e: AWSEmail f: AWSJSON g: AWSURL h: AWSPhone i: AWSIPAddress }',
);

function scalar(name: string): GraphQLScalarType {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLScalarType)) throw new Error(`${name} is no scalar`);
  return type;
}

/** Source: AWS AppSync developer guide, "Scalar types in GraphQL". */
const cases: Record<string, { valid: unknown[]; invalid: unknown[] }> = {
  AWSDate: {
    valid: ['1970-01-01Z', '2024-02-29', '2020-01-01+01:00'],
    invalid: ['2023-02-29', '1970-13-01', '1970-1-1', 7, ''],
  },
  AWSTime: { valid: ['12:30', '12:30:24.500+05:30', '00:00:00Z'], invalid: ['24:00', '12', '12:60'] },
  AWSDateTime: {
    valid: ['1970-01-01T12:00:00.000Z', '1970-01-01T12:00Z', '2020-02-29T00:00:00+14:00'],
    invalid: ['1970-01-01', '1970-01-01T12:00:00', '2021-02-29T00:00Z'],
  },
  AWSTimestamp: { valid: [0, -100, 1_700_000_000], invalid: [1.5, 'x', null, '7'] },
  AWSEmail: {
    valid: ['a@example.com', 'a.b+c@sub.example.org'],
    invalid: ['a', 'a@b', 'a b@example.com', '@example.com', 'a@example.com '],
  },
  AWSJSON: { valid: ['{"a":1}', '[]', '"x"', '7'], invalid: ['{a:1}', '', 7, {}] },
  AWSURL: { valid: ['https://example.com/a?b=c', 'ftp://example.com'], invalid: ['example.com', '', 7] },
  AWSPhone: { valid: ['+1 555 0100', '555-0100'], invalid: ['phone', '', '1'] },
  AWSIPAddress: { valid: ['127.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32'], invalid: ['1.2.3', '1.2.3.4/33', 'x'] },
};

describe.each(Object.entries(cases))('%s', (name, { valid, invalid }) => {
  it.each(valid)('takes %j', (value) => {
    expect(() => scalar(name).parseValue(value)).not.toThrow();
    expect(() => scalar(name).serialize(value)).not.toThrow();
  });

  it.each(invalid)('refuses %j', (value) => {
    expect(() => scalar(name).parseValue(value)).toThrow(/Unable to parse/);
  });
});

describe('AWSJSON', () => {
  it('is given to resolver code as a value and to clients as a text', () => {
    expect(scalar('AWSJSON').parseValue('{"a":1}')).toEqual({ a: 1 });
    expect(scalar('AWSJSON').serialize({ a: 1 })).toBe('{"a":1}');
    expect(scalar('AWSJSON').serialize('{"a":1}')).toBe('{"a":1}');
  });
});

describe('a schema', () => {
  it.each([
    ['type Query { a: Nope }', 'Unknown type "Nope"'],
    ['type Query { a: Int } type Subscription { s: Int @aws_subscribe(mutations: ["gone"]) }', 'gone'],
    ['type A { a: Int }', 'Query root type must be provided'],
    ['type Query { a: Int @hidden }', '@hidden is not supported'],
  ])('is refused with the reason: %s', (definition, reason) => {
    expect(() => buildSchema(definition)).toThrow(reason);
  });
});
