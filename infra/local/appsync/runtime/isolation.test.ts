import { describe, expect, test } from 'vitest';
import type { ResolverContext } from './evaluation.ts';
import { createResolverRuntime, UnsupportedCode } from './index.ts';
import { createRealm } from './realm.ts';
import { attack, dependencies, moduleOf, runUnchecked } from './testing/run-unchecked.ts';

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
