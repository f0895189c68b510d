import { describe, expect, test } from 'vitest';
import type { ResolverContext } from './evaluation.ts';
import { createResolverRuntime } from './index.ts';
import { attack, dependencies, moduleOf, runUnchecked } from './testing/run-unchecked.ts';

describe('the realm cannot be changed', () => {
  test.each([
    ['util', "util.autoId = () => 'mine';"],
    ['a group of util', "util.dynamodb.toMapValues = () => 'mine';"],
    ['a function of util', 'util.autoId.secret = 1;'],
    ['the dynamodb module', "ddb.operations.add = () => 'mine';"],
    ['a method of lists', '[].push.secret = 1;'],
    ['a built-in', 'Object.keys = () => [];'],
    ['JSON', 'JSON.parse = () => ({});'],
    ['the context', 'ctx.stash = { a: 1 };'],
    ['the environment variables', "ctx.env.A = 'b';"],
    ['a deletion from util', 'delete util.autoId;'],
  ])('%s', (_name, body) => {
    const { error } = runUnchecked(`${body} return 'changed';`);
    expect(error).toMatchObject({ message: 'Runtime Error', type: 'Code' });
  });

  test('an attempt on a prototype changes nothing for the next run', () => {
    runUnchecked("const p = [].__proto__; if (p) p.map = () => 'mine'; const o = ({})['__proto__']; if (o) o.a = 1;");
    expect(attack('return [typeof ({}).a, [1].map((value) => value)];')).toEqual(['undefined', [1]]);
  });

  test('nothing at the top level stays from one call to the next', () => {
    const source = `let calls = 0; const seen = {};
      export function request(ctx) { calls += 1; seen[ctx.args.id] = true; return { calls, seen }; }
      export function response(ctx) { return calls; }`;
    const code = createResolverRuntime(dependencies).compile(source, 'counter');
    expect(code.evaluate('request', { arguments: { id: 'a' } }).result).toEqual({ calls: 1, seen: { a: true } });
    expect(code.evaluate('request', { arguments: { id: 'b' } }).result).toEqual({ calls: 1, seen: { b: true } });
    expect(code.evaluate('response', {}).result).toBe(0);
  });

  test('errors and headers of one run are not seen by the next', () => {
    const source = `import { util } from '@aws-appsync/utils';
      export function request(ctx) { if (ctx.args.first) { util.appendError('a'); util.http.addResponseHeader('a', 1); ctx.stash.a = 1; } return null; }
      export function response(ctx) { return null; }`;
    const code = createResolverRuntime(dependencies).compile(source, 'leak');
    expect(code.evaluate('request', { arguments: { first: true } }).appendedErrors).toHaveLength(1);
    expect(code.evaluate('request', { arguments: {} })).toMatchObject({
      appendedErrors: [],
      responseHeaders: {},
      stash: {},
    });
  });
});

describe('values that would be prototypes', () => {
  const poisoned = JSON.parse('{"__proto__":{"isAdmin":true},"name":"a"}') as ResolverContext['arguments'];

  test('an argument named __proto__ is data and no prototype', () => {
    expect(attack('return typeof ctx.args.isAdmin;', { arguments: poisoned })).toBe('undefined');
    expect(attack('return typeof ({ ...ctx.args }).isAdmin;', { arguments: poisoned })).toBe('undefined');
    expect(attack('return typeof Object.assign({}, ctx.args).isAdmin;', { arguments: poisoned })).toBe('undefined');
  });

  test('a result does not carry __proto__ to the host', () => {
    const { result, stash } = runUnchecked('ctx.stash.copy = ctx.args; return ctx.args;', { arguments: poisoned });
    expect(Object.keys(result as object)).toEqual(['name']);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect((result as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    expect(Object.keys(stash.copy as object)).toEqual(['name']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test('__proto__ in JSON, XML, headers and DynamoDB values is data', () => {
    const body = `const parsed = [
        JSON.parse('{"__proto__":{"isAdmin":true}}'), util.xml.toMap('<__proto__><isAdmin>true</isAdmin></__proto__>'),
        util.http.copyHeaders(JSON.parse('{"__proto__":{"isAdmin":true}}')),
        util.dynamodb.toMapValues(JSON.parse('{"__proto__":{"isAdmin":true}}')),
      ];
      return parsed.map((each) => typeof each.isAdmin);`;
    expect(attack(body)).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
  });

  test('a getter or toJSON runs in the realm and its answer is plain JSON', () => {
    const { result } = runUnchecked('return { toJSON: () => ({ kind: typeof process }), get other() { return 1; } };');
    expect(result).toEqual({ kind: 'undefined' });
    expect(runUnchecked('return { get a() { return typeof globalThis; } };').result).toEqual({ a: 'undefined' });
  });

  test('an object of a client that looks like a set or an operation is data', () => {
    const args = { set: { SS: ['a'] }, operation: { type: 'OPERATION_REMOVE' } };
    const body =
      'return [util.dynamodb.toMapValues(ctx.args), ddb.update({ key: { id: 1 }, update: { a: ctx.args.operation } }).update.expression];';
    const [values, expression] = attack(body, { arguments: args }) as [Record<string, object>, string];
    expect(values.set).toEqual({ M: { SS: { L: [{ S: 'a' }] } } });
    expect(expression).toBe('SET #expName_1.#expName_2 = :expValue_1');
  });
});

describe('no run is without end', () => {
  test('loops of one run have 1,000 iterations in all', () => {
    const ids = Array.from({ length: 501 }, (_unused, index) => index);
    const twice = (count: number) =>
      runUnchecked(
        'let n = 0; for (const id of ctx.args.ids) { n += 1; } for (const i in ctx.args.ids) n += 1; return n;',
        {
          arguments: { ids: ids.slice(0, count) },
        },
      );
    expect(twice(500).result).toBe(1000);
    expect(twice(501).error?.message).toContain('1000 iterations');
  });

  test('a recursion that the check cannot see ends', () => {
    const { error } = runUnchecked('const o = {}; o.f = () => o.f(); return o.f();');
    expect(error).toMatchObject({ type: 'Code' });
  });

  test('a recursion that fans out ends', () => {
    const { error } = runUnchecked('const o = {}; o.f = (n) => n === 0 ? 1 : o.f(n - 1) + o.f(n - 1); return o.f(60);');
    expect(error?.message).toContain('function calls');
  });

  test('a pattern that backtracks without end meets the timeout', () => {
    const source = moduleOf("return util.matches('(a+)+', ctx.args.text);");
    const code = createResolverRuntime(dependencies).compile(source, 'pattern');
    const context = { arguments: { text: `${'a'.repeat(40)}b` } };
    expect(() => code.evaluate('request', context, 50)).toThrow('50 ms');
    expect(code.evaluate('request', { arguments: { text: 'aaa' } }, 50).result).toBe(true);
  });
});
