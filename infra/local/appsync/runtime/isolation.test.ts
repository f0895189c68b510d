import { randomBytes } from 'node:crypto';
import { parse } from 'acorn';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../service.ts';
import type { ResolverContext } from './evaluation.ts';
import { createResolverRuntime, UnsupportedCode } from './index.ts';
import { instrumentCode } from './instrument-code.ts';
import { createRealm, type Realm } from './realm.ts';

/**
 * Two walls stand between a resolver and the host: the check of the language, and the realm. These tests take the
 * first one away, so that each attack meets the realm alone; `language refuses` puts it back.
 */
const dependencies = { randomBytes, clock: { now: () => 1_700_000_000_000 } };
let realm: Realm;
beforeAll(() => {
  realm = createRealm(dependencies);
});

function moduleOf(body: string): string {
  return `import { util, extensions, runtime } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) { ${body} }
export function response(ctx) { return null; }`;
}

function runUnchecked(body: string, context: ResolverContext = {}, from: Realm = realm) {
  const source = moduleOf(body);
  const program = parse(source, { ecmaVersion: 2023, sourceType: 'module', locations: true });
  return from.load(instrumentCode(source, program)).evaluate('request', context);
}

/** Answers what the attack found; an attack that raised an error found nothing. */
function attack(body: string, context: ResolverContext = {}): Json {
  return runUnchecked(body, context).result;
}

const doors =
  'constructor caller callee arguments prototype call apply bind __proto__ __defineGetter__ __lookupGetter__';

/** In callbacks, as loops are counted. */
const walk = `
  const seen = [];
  const found = [];
  const visit = (value, path) => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    if (seen.indexOf(value) >= 0) return;
    seen.push(value);
    '${doors}'.split(' ').forEach((name) => {
      let got;
      try { got = value[name]; } catch (error) { got = undefined; }
      if (typeof got === 'function') found.push(path + '.' + name);
    });
    Object.keys(value).forEach((name) => visit(value[name], path + '.' + name));
  };`;

describe('no way from any value to a constructor', () => {
  test('of all that util, extensions, runtime, ddb and the built-ins hold', () => {
    const body = `${walk}
      visit({ util, extensions, runtime, ddb, Object, String, Number, Math, JSON, console }, 'environment');
      return { found, visited: seen.length };`;
    const result = attack(body) as { found: string[]; visited: number };
    expect(result.found).toEqual([]);
    expect(result.visited).toBeGreaterThan(90);
  });

  test('of what every util function answers', () => {
    const body = `${walk}
      visit([
        util.autoId(), util.dynamodb.toMapValues({ a: [1, { b: 'c' }] }), util.dynamodb.toStringSet(['a']),
        util.dynamodb.toS3Object('a', 'b', 'c'), util.dynamodb.fromS3ObjectJson('{"s3":{"key":"a"}}'),
        util.transform.toSubscriptionFilter({ a: { eq: 1 } }), util.http.copyHeaders({ a: 'b' }),
        util.xml.toMap('<a b="1"><c/></a>'), JSON.parse('{"a":{"b":[]}}'), Object.entries({ a: 1 }),
        ddb.get({ key: { id: 1 } }), ddb.update({ key: { id: 1 }, update: { a: ddb.operations.add(1) } }),
        ddb.query({ query: { id: { eq: 1 } }, filter: { a: { eq: 1 } }, projection: ['a'] }), ddb.operations.remove(),
        'text'.split(''), [3, 1].sort(), [1].map((value) => ({ value })),
      ], 'answers');
      return found;`;
    expect(attack(body)).toEqual([]);
  });

  test('of the whole context', () => {
    const context: ResolverContext = {
      arguments: { a: [{ b: 1 }] },
      identity: { resolverContext: { tenantId: 't' } },
      source: { c: {} },
      stash: { d: {} },
      result: [{ e: 1 }],
      prev: { result: {} },
      error: { message: 'a', type: 'b' },
      env: { F: 'g' },
    };
    expect(
      attack(`${walk} visit(ctx, 'ctx'); visit(ctx.args, 'args'); visit(ctx.info, 'info'); return found;`, context),
    ).toEqual([]);
  });

  const origins: readonly (readonly [name: string, expression: string])[] = [
    ['an object', '({})'],
    ['a list', '[]'],
    ['a string', "''"],
    ['a number', '(1)'],
    ['a boolean', 'true'],
    ['a symbol', '[][Symbol]'],
    ['a bigint', '1n'],
    ['a function', '(function () {})'],
    ['an arrow function', '(() => {})'],
    ['an async function', '(async () => {})'],
    ['a generator function', '(function* () {})'],
    ['an async generator function', '(async function* () {})'],
    ['a class', '(class {})'],
    ['a regular expression', '/a/'],
    ['a match', "(/a/).exec('a')"],
    ['a promise', '(async () => {})()'],
    ['a generator', '(function* () {})()'],
    ['an error', '(() => { try { null.a; } catch (error) { return error; } })()'],
    ['a range error', '(() => { const f = () => f(); try { f(); } catch (error) { return error; } })()'],
    ['a syntax error of JSON', "(() => { try { JSON['parse'].a.b; } catch (error) { return error; } })()"],
    ['an error of util', "(() => { try { util.error('a'); } catch (error) { return error; } })()"],
    ['an early return', '(() => { try { runtime.earlyReturn({}); } catch (error) { return error; } })()'],
    ['an error of a module', '(() => { try { ddb.get(1); } catch (error) { return error; } })()'],
    ['a module', 'ddb'],
    ['a template', '((strings) => strings)`a`'],
    ['arguments', '(function () { return arguments; })()'],
  ];

  test.each(origins)('of %s', (_name, expression) => {
    const body = `const value = ${expression};
      const reached = [];
      let current = value;
      for (const step of ['constructor', 'constructor']) {
        try { current = current[step]; } catch (error) { current = undefined; }
        if (typeof current === 'function' && current !== value) reached.push(step);
      }
      return reached;`;
    // Where the expression itself cannot be evaluated, there is no value either.
    expect(attack(body) ?? []).toEqual([]);
  });
});

describe('nothing of the host is there', () => {
  const names = [
    ...[
      'process',
      'require',
      'module',
      'exports',
      'global',
      'globalThis',
      'Buffer',
      'fetch',
      'setTimeout',
      'console.table',
    ],
    ...[
      'Function',
      'eval',
      'Array',
      'Date',
      'Map',
      'Set',
      'WeakMap',
      'WeakRef',
      'Promise',
      'Symbol',
      'Reflect',
      'Proxy',
    ],
    ...[
      'RegExp',
      'TypeError',
      'Error.captureStackTrace',
      'BigInt',
      'Boolean',
      'Intl',
      'WebAssembly',
      'SharedArrayBuffer',
      'Atomics',
    ],
    ...['ArrayBuffer', 'Uint8Array', 'DataView', 'FinalizationRegistry', 'parseInt', 'parseFloat', 'isNaN', 'escape'],
    ...['encodeURIComponent', 'decodeURI', 'queueMicrotask', 'structuredClone', 'performance', 'crypto', 'URL'],
    ...['modules', 'evaluator', 'captured', 'Object.prototype', 'String.prototype', 'Object.getPrototypeOf'],
  ];

  test.each(names)('%s', (name) => {
    expect(attack(`return typeof ${name};`)).toBe('undefined');
  });

  test.each([
    ['this', 'return typeof this;'],
    ['this of an inner function', 'return (function () { return typeof this; })();'],
    ['new.target', 'return typeof new.target;'],
    ['this of a callback', 'return [1].map(function () { return typeof this; })[0];'],
  ])('%s', (_name, body) => {
    expect(attack(body)).toBe('undefined');
  });

  test('functions cannot be made from text', () => {
    expect(attack("return (0, eval)('1');")).toBeNull();
    expect(attack("return (() => {})['con' + 'structor']('return 1')();")).toBeNull();
    expect(attack("return [].map['con' + 'structor']('return 1')();")).toBeNull();
  });

  test('a caller cannot be seen', () => {
    expect(attack('function inner() { return inner.caller; } return typeof inner();')).toBe('undefined');
    expect(attack("return typeof util.autoId['caller'];")).toBe('undefined');
  });

  test('an error of the host does not come through', () => {
    const failing = createRealm({
      ...dependencies,
      randomBytes: () => {
        throw new Error('secret of the host');
      },
    });
    const body = `try { util.autoId(); } catch (error) {
      const reached = typeof error.constructor;
      return { reached, message: error.message };
    }`;
    expect(runUnchecked(body, {}, failing).result).toEqual({ reached: 'undefined', message: 'The host failed' });
  });

  test('an error of the host on a full stack does not come through', () => {
    const body = `let caught;
      const dive = () => { try { dive(); } catch (error) { if (!caught) { try { util.autoId(); } catch (deep) { caught = deep; } } } };
      dive();
      return typeof (caught && caught['constructor']);`;
    expect(attack(body)).toBe('undefined');
  });

  test('a promise leads nowhere', () => {
    expect(attack('return typeof (async () => {})().then;')).toBe('undefined');
    expect(attack("return typeof (async () => {})()['catch'];")).toBe('undefined');
  });

  test('stack traces cannot be taken over', () => {
    const body = `try { null.a; } catch (error) { return [typeof error.stack, typeof error['constructor']]; }`;
    expect(attack(body)).toEqual(['string', 'undefined']);
  });
});

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

describe('language refuses', () => {
  test.each([
    "return ({})['constructor'];",
    'return ctx.constructor;',
    'try { util.autoId(); } catch (error) { return error; }',
    'return this;',
    "return import('node:fs');",
    'return globalThis;',
    "return eval('1');",
    'return (function () { return arguments; })();',
    'return `${1}`.constructor;',
    'return new ctx.args.a();',
    'const { constructor } = ctx; return constructor;',
    'return util.autoId.call(null);',
    'return evaluator;',
  ])('%s', (body) => {
    expect(() => createResolverRuntime(dependencies).compile(moduleOf(body), 'attack')).toThrow(UnsupportedCode);
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
