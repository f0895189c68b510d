import { describe, expect, test } from 'vitest';
import type { ConditionContext, JsonObject } from '../../service.ts';
import { compileDocument, requirePolicy } from './compile.ts';
import { evaluate } from './evaluate.ts';
import { requestContext } from './request-context.ts';

const allow = (statement: JsonObject): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...statement }],
});

function decide(
  policy: JsonObject | JsonObject[],
  {
    action = 'dynamodb:GetItem',
    resource = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders',
    context = {} as ConditionContext,
    boundary = undefined as JsonObject | undefined,
    session = undefined as JsonObject | undefined,
  } = {},
): string {
  const refusal = evaluate(
    {
      identity: [policy].flat().flatMap((document) => compileDocument(document)),
      boundary: boundary && compileDocument(boundary),
      session: session && compileDocument(session),
    },
    action,
    resource,
    requestContext(() => context),
  );
  return refusal ?? 'allowed';
}

const refused = 'because no identity-based policy allows the dynamodb:GetItem action';

describe('elements', () => {
  test.each<[JsonObject, string]>([
    [{ Action: 'dynamodb:GetItem' }, 'allowed'],
    [{ Action: ['s3:*', 'DynamoDB:get*'] }, 'allowed'],
    [{ Action: 'dynamodb:?etItem' }, 'allowed'],
    [{ Action: 'dynamodb:Get' }, refused],
    [{ Action: 'dynamodb:GetItems' }, refused],
    [{ Resource: 'arn:aws:dynamodb:*:*:table/ord*' }, 'allowed'],
    [{ Resource: 'arn:aws:dynamodb:*:*:table/ORDERS' }, refused],
    [{ Resource: ['arn:aws:dynamodb:us-east-1:000000000000:table/orders/index/*'] }, refused],
    [{ Resource: 'arn:aws:dynamodb:*:*:table/*der?' }, 'allowed'],
  ])('%j: %s', (statement, expected) => {
    expect(decide(allow(statement))).toBe(expected);
  });

  test('what is not named by NotAction and NotResource is covered', () => {
    const statement = { Effect: 'Allow', NotAction: 'iam:*', NotResource: '*/secrets' };
    const policy = { Version: '2012-10-17', Statement: statement };
    expect(decide(policy)).toBe('allowed');
    expect(decide(policy, { action: 'iam:PassRole' })).toBe(
      'because no identity-based policy allows the iam:PassRole action',
    );
    expect(decide(policy, { resource: 'arn:aws:dynamodb:::table/secrets' })).toBe(refused);
  });

  test('an explicit deny wins, wherever it stands', () => {
    const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' }] };
    expect(decide([allow({}), deny])).toBe('with an explicit deny in an identity-based policy');
    expect(decide(allow({}), { boundary: deny })).toBe('with an explicit deny in a permissions boundary');
    expect(decide(allow({}), { session: deny })).toBe('with an explicit deny in a session policy');
  });

  test('boundary and session policy narrow, and grant nothing', () => {
    const other = allow({ Action: 's3:*' });
    expect(decide(allow({}), { boundary: other })).toBe(
      'because no permissions boundary allows the dynamodb:GetItem action',
    );
    expect(decide(allow({}), { session: other })).toBe('because no session policy allows the dynamodb:GetItem action');
    expect(decide(other, { session: allow({}), boundary: allow({}) })).toBe(refused);
  });
});

describe('variables', () => {
  const policy = allow({ Resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/${aws:PrincipalTag/team}-x' });
  const tagged = (team: string, table: string) =>
    decide(policy, {
      resource: `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`,
      context: { 'aws:PrincipalTag/team': team },
    });

  test('a variable is its value, taken literally', () => {
    expect(tagged('blue', 'blue-x')).toBe('allowed');
    expect(tagged('blue', 'red-x')).toBe(refused);
    expect(tagged('*', 'blue-x')).toBe(refused);
    expect(tagged('*', '*-x')).toBe('allowed');
  });

  test('a variable without a value matches nothing, unless it has a default', () => {
    expect(decide(policy)).toBe(refused);
    expect(decide(allow({ Resource: "*/${aws:PrincipalTag/team, 'orders'}" }))).toBe('allowed');
  });

  test('documents of the old version have none', () => {
    const old = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*/${aws:username}' }] };
    expect(decide(old, { resource: 'arn:aws:s3:::b/u', context: { 'aws:username': 'u' } })).toContain('because no');
    expect(decide(old, { resource: 'x/${aws:username}' })).toBe('allowed');
  });

  test('escaped characters are themselves', () => {
    const star = allow({ Resource: '*/a${*}b${?}${$}' });
    expect(decide(star, { resource: 'x/a*b?$' })).toBe('allowed');
    expect(decide(star, { resource: 'x/aXb?$' })).toBe(refused);
  });
});

describe('conditions', () => {
  const arn = 'arn:aws:s3:::bucket/key';
  test.each<[string, JsonObject, ConditionContext, boolean]>([
    ['equal', { StringEquals: { 'x:k': ['a', 'b'] } }, { 'x:K': 'b' }, true],
    ['unequal', { StringEquals: { 'x:k': 'a' } }, { 'x:k': 'A' }, false],
    ['case ignored', { StringEqualsIgnoreCase: { 'x:k': 'a' } }, { 'x:k': 'A' }, true],
    ['no wildcards in equals', { StringEquals: { 'x:k': '*' } }, { 'x:k': 'a' }, false],
    ['like', { StringLike: { 'x:k': 't1#*' } }, { 'x:k': 't1#0' }, true],
    ['not like', { StringNotLike: { 'x:k': 't1#*' } }, { 'x:k': 't1#0' }, false],
    ['none of several', { StringNotEquals: { 'x:k': ['a', 'b'] } }, { 'x:k': 'b' }, false],
    ['absent equals nothing', { StringEquals: { 'x:k': 'a' } }, {}, false],
    ['absent differs', { StringNotEquals: { 'x:k': 'a' } }, {}, true],
    ['absent, if exists', { StringEqualsIfExists: { 'x:k': 'a' } }, {}, true],
    ['there, if exists', { StringEqualsIfExists: { 'x:k': 'a' } }, { 'x:k': 'b' }, false],
    ['null', { Null: { 'x:k': 'true' } }, {}, true],
    ['not null', { Null: { 'x:k': 'false' } }, {}, false],
    ['null, but there', { Null: { 'x:k': true } }, { 'x:k': '1' }, false],
    ['all operators must hold', { StringEquals: { 'x:k': 'a' }, Bool: { 'x:b': 'true' } }, { 'x:k': 'a' }, false],
    ['number', { NumericLessThanEquals: { 'x:n': 10 } }, { 'x:n': '10' }, true],
    ['number too large', { NumericLessThan: { 'x:n': '10' } }, { 'x:n': '10' }, false],
    ['no number', { NumericGreaterThan: { 'x:n': '0' } }, { 'x:n': 'many' }, false],
    ['date', { DateGreaterThan: { 'x:d': '2026-01-01T00:00:00Z' } }, { 'x:d': '2026-01-02T00:00:00Z' }, true],
    ['epoch date', { DateLessThan: { 'x:d': '1000' } }, { 'x:d': '2026-01-02T00:00:00Z' }, false],
    ['bool', { Bool: { 'x:b': 'true' } }, { 'x:b': 'true' }, true],
    ['bool false', { Bool: { 'x:b': false } }, { 'x:b': 'true' }, false],
    ['ip', { IpAddress: { 'x:i': '10.0.0.0/8' } }, { 'x:i': '10.1.2.3' }, true],
    ['not ip', { NotIpAddress: { 'x:i': ['10.0.0.0/8', '::1'] } }, { 'x:i': '::1' }, false],
    ['arn', { ArnLike: { 'x:a': 'arn:aws:s3:::*' } }, { 'x:a': arn }, true],
    ['arn by parts', { ArnEquals: { 'x:a': 'arn:aws:*:bucket/key' } }, { 'x:a': arn }, false],
    ['not arn', { ArnNotLike: { 'x:a': 'arn:aws:s3:::*' } }, { 'x:a': arn }, false],
    ['variable', { StringEquals: { 'x:k': '${x:v}' } }, { 'x:k': 'a', 'x:v': 'a' }, true],
    ['unset variable', { StringEquals: { 'x:k': '${x:v}' } }, { 'x:k': '${x:v}' }, false],
    ['all of', { 'ForAllValues:StringEquals': { 'x:k': ['a', 'b'] } }, { 'x:k': ['a', 'b'] }, true],
    ['one not of', { 'ForAllValues:StringEquals': { 'x:k': ['a'] } }, { 'x:k': ['a', 'b'] }, false],
    ['all of none: vacuously true, as on AWS', { 'ForAllValues:StringEquals': { 'x:k': ['a'] } }, {}, true],
    ['any of', { 'ForAnyValue:StringLike': { 'x:k': ['a*'] } }, { 'x:k': ['b', 'ab'] }, true],
    ['any of none', { 'ForAnyValue:StringEquals': { 'x:k': ['a'] } }, {}, false],
    ['many values without a quantifier', { StringEquals: { 'x:k': 'a' } }, { 'x:k': ['a', 'b'] }, false],
  ])('%s', (_name, condition, context, holds) => {
    expect(decide(allow({ Condition: condition }), { context })).toBe(holds ? 'allowed' : refused);
  });
});

test('of two keys that differ in the case of letters only, the later one counts', () => {
  const policy = allow({ Condition: { StringEquals: { 'aws:PrincipalTag/tenantId': 't1' } } });
  const role = { 'aws:PrincipalTag/tenantid': 'pooled' };
  expect(decide(policy, { context: { ...role, 'aws:PrincipalTag/tenantId': 't1' } })).toBe('allowed');
  expect(decide(policy, { context: { 'aws:PrincipalTag/tenantId': 't1', ...role } })).toBe(refused);
});

describe('a value that is found when it is asked for', () => {
  const condition = { 'ForAllValues:StringEquals': { 'X:K': ['a'] }, Null: { 'x:k': 'false' } };

  test.each<[readonly string[], boolean]>([
    [['a'], true],
    [['a', 'b'], false],
    [[], false],
  ])('%j', (found, holds) => {
    expect(decide(allow({ Condition: condition }), { context: { 'x:k': () => found } })).toBe(
      holds ? 'allowed' : refused,
    );
  });

  test('and not where no condition asks', () => {
    const context = {
      'x:k': () => {
        throw new Error('Nobody asked for it');
      },
    };
    expect(decide(allow({ Condition: { StringEquals: { 'x:other': 'a' } } }), { context })).toBe(refused);
    expect(() => decide(allow({ Condition: condition }), { context })).toThrow('Nobody asked for it');
  });
});

describe('malformed documents', () => {
  test.each<[string, JsonObject]>([
    ['Effect is Maybe', { Version: '2012-10-17', Statement: [{ Effect: 'Maybe', Action: '*', Resource: '*' }] }],
    ['must contain actions', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*' }] }],
    ['must contain resources', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*' }] }],
    ['no condition operator StringIs', allow({ Condition: { StringIs: { a: 'b' } } })],
    ['no element Actions', allow({ Actions: '*' })],
    ['should not specify a principal', allow({ Principal: '*' })],
    ['Version is 2013', { Version: '2013', Statement: [] }],
    ['is not a number', allow({ Condition: { NumericEquals: { a: 'b' } } })],
  ])('%s', (message, document) => {
    expect(() => requirePolicy(document)).toThrow(message);
  });
});

test('a pattern of many stars is matched in no time', () => {
  const started = performance.now();
  expect(decide(allow({ Resource: '*a'.repeat(50) }), { resource: `${'a'.repeat(5000)}b` })).toBe(refused);
  expect(performance.now() - started).toBeLessThan(200);
});
