import { describe, expect, test } from 'vitest';
import { checkCode } from './index.ts';

/** A whole module around the body of the request handler. */
function module(body: string, before = ''): string {
  return `import { util } from '@aws-appsync/utils';
${before}
export function request(ctx) { ${body} }
export function response(ctx) { return ctx.result; }
`;
}

function rules(source: string): string[] {
  return [...new Set(checkCode(source).map(({ rule }) => rule))];
}

/** Rule, code that passes, code that breaks the rule: both are bodies of a request handler. */
const bodies: readonly (readonly [rule: string, good: string, bad: string])[] = [
  ['syntax', 'return {};', 'return {'],
  ['operator', 'let i = 0; i += 1; return i;', 'let i = 0; i++; return i;'],
  ['operator', 'let i = 0; i -= 1; return i;', 'let i = 0; --i; return i;'],
  ['operator', 'return -1 ^ ctx.args.bits;', 'return ~ctx.args.bits;'],
  ['operator', "return Object.hasOwn(ctx.args, 'id');", "return 'id' in ctx.args;"],
  ['operator', 'return typeof ctx.args.id;', 'const f = ctx.args; return f instanceof ctx.stash;'],
  ['statement', "util.error('no');", 'try { return {}; } catch (e) { return null; }'],
  ['statement', "util.error('no');", 'try { return {}; } finally { ctx.stash.done = true; }'],
  ['statement', "util.error('no');", "throw 'no';"],
  ['statement', 'for (const id of ctx.args.ids) ctx.stash[id] = 1;', 'while (ctx.args.ids.length) ctx.args.ids.pop();'],
  [
    'statement',
    'for (const id in ctx.args) ctx.stash[id] = 1;',
    'do { ctx.args.ids.pop(); } while (ctx.args.ids.length);',
  ],
  [
    'statement',
    'for (const id of ctx.args.ids) ctx.stash[id] = 1;',
    'for (let i = 0; i < 3; i += 1) ctx.stash[i] = 1;',
  ],
  ['statement', 'for (const id of [1]) { if (id) break; }', 'for (const id of [1]) { if (id) continue; }'],
  ['statement', 'for (const id of [1]) break;', 'outer: for (const id of [1]) break outer;'],
  ['statement', 'return 1;', 'debugger;'],
  ['literal', "return util.matches('a+', ctx.args.id);", 'return /a+/;'],
  ['literal', 'return 10;', 'return 10n;'],
  ['expression', 'return ctx;', 'return this;'],
  ['expression', 'return {};', 'return new ctx.args();'],
  ['expression', 'return {};', 'return class {};'],
  ['expression', 'return {};', 'class A {} return {};'],
  ['expression', "return String.raw({ raw: ['a', 'b'] }, 1);", 'return String.raw`a`;'],
  ['expression', 'return {};', "return import('@aws-appsync/utils');"],
  ['expression', 'return {};', 'return import.meta;'],
  ['function-kind', 'const f = () => 1; return f();', 'const f = async () => 1; return f();'],
  ['function-kind', 'const f = () => 1; return f();', 'const f = function* () {}; return f();'],
  ['function-kind', 'return { a: 1 };', 'return { get a() { return 1; } };'],
  ['function-kind', 'return { a: 1 };', 'return { set a(value) {} };'],
  [
    'global',
    'const f = (...values) => values; return f(1);',
    'const f = function () { return arguments; }; return f();',
  ],
  ['static-member', 'return Object.keys(ctx.args);', 'return Object.fromEntries([]);'],
  ['static-member', 'return Object.keys(ctx.args);', 'return Object[ctx.args.name](1);'],
  ['static-member', 'return Object.keys(ctx.args);', 'const o = Object; return o;'],
  ['static-member', "return Object['keys'](ctx.args);", "return Object['freeze'](ctx.args);"],
  ['static-member', 'return Math.floor(1.5);', 'return Math.abs(-1);'],
  ['static-member', 'return Number.isNaN(1);', 'return Number(ctx.args.id);'],
  ['static-member', 'return Number.isFinite(1);', 'return Number.parseFloat(ctx.args.id);'],
  ['static-member', 'return `${ctx.args.id}`;', 'return String(ctx.args.id);'],
  ['static-member', 'return JSON.stringify(ctx);', 'return JSON.rawJSON(ctx);'],
  ['static-member', 'console.log(1);', 'console.table(1);'],
  ['method', "return ctx.args.id.indexOf('a') >= 0;", "return ctx.args.id.includes('a');"],
  ['method', 'return ctx.args.ids[0];', 'return ctx.args.ids.at(0);'],
  ['method', 'return ctx.args.id.slice(1);', 'return ctx.args.id.substring(1);'],
  ['method', 'return ctx.args.id.slice(1);', "return ctx.args.id['padStart'](1);"],
  ['method', "return util.matches('a', ctx.args.id);", "return ctx.args.id.match('a');"],
  ['method', "return util.matches('a', ctx.args.id);", "return ctx.args.id?.matchAll('a');"],
  ['method', 'return ctx.args.ids.sort();', 'return ctx.args.ids.toSorted();'],
  ['method', 'return util.dynamodb.toString(ctx.args.id);', 'return ctx.args.id.toString();'],
  ['method', 'return util.math.roundNum(1.5);', 'return ctx.args.price.toFixed(2);'],
  ['method', 'const f = (a) => a; return f(1);', 'const f = (a) => a; return f.call(null, 1);'],
  ['method', 'const f = (a) => a; return f(1);', 'const f = (a) => a; return f.apply(null, [1]);'],
  ['method', 'const f = (a) => a; return f(1);', 'const f = (a) => a; return f.bind(null)(1);'],
  ['method', 'return util.autoId();', 'return util.autoId.call(null);'],
  ['prototype', "return ctx.args['name'];", "return ctx.args['constructor'];"],
  ['prototype', 'return ctx.args.name;', 'return ctx.args.__proto__;'],
  ['prototype', 'return ctx.args[`name`];', 'return ctx.args[`prototype`];'],
  ['prototype', 'const { name } = ctx.args; return name;', 'const { constructor: c } = ctx.args; return c;'],
  ['prototype', 'return { proto: null };', 'return { __proto__: null };'],
  ['sort-comparator', 'return ctx.args.ids.sort();', 'return ctx.args.ids.sort((a, b) => a - b);'],
  ['function-passing', 'return ctx.args.ids.map((id) => id);', 'const f = (g) => g(); return f(() => 1);'],
  ['function-passing', 'const g = (id) => id; return ctx.args.ids.map(g);', 'const g = () => 1; return helper(g);'],
  ['function-passing', "return ctx.args.id.replace('a', 'b');", "return ctx.args.id.replace('a', () => 'b');"],
  ['recursion', 'const f = (n) => n; return f(1);', 'const f = (n) => f(n - 1); return f(1);'],
  ['recursion', 'const f = (n) => n; return f(1);', 'const f = (n) => [n].map(f); return f(1);'],
  ['context-assignment', 'ctx.stash.a = 1; return {};', 'ctx.stash = { a: 1 }; return {};'],
  ['context-assignment', 'const other = ctx; return other;', 'ctx = {}; return ctx;'],
];

describe('each rule passes what it should and refuses what it should', () => {
  const helpers = 'function helper(value) { return value; }';

  test.each(bodies)('%s: %s', (_rule, good) => {
    expect(checkCode(module(good, helpers))).toEqual([]);
  });

  test.each(bodies)('%s refuses: %3$s', (rule, _good, bad) => {
    expect(rules(module(bad, helpers))).toContain(rule);
  });
});

describe('globals', () => {
  const absent = [
    ...[
      'process',
      'fetch',
      'Map',
      'Set',
      'WeakMap',
      'Promise',
      'Symbol',
      'Reflect',
      'Proxy',
      'Date',
      'RegExp',
      'Error',
    ],
    ...[
      'Array',
      'Function',
      'Boolean',
      'BigInt',
      'Intl',
      'eval',
      'globalThis',
      'window',
      'global',
      'require',
      'module',
    ],
    ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'setTimeout', 'structuredClone', 'Buffer', 'encodeURIComponent'],
    ...['crypto', 'WebAssembly', 'Atomics', 'SharedArrayBuffer', 'queueMicrotask', 'undeclared'],
  ];

  test.each(absent)('%s does not exist', (name) => {
    expect(rules(module(`return ${name};`))).toEqual(['global']);
  });

  test.each(['undefined', 'NaN', 'Infinity', 'util', 'extensions', 'runtime'])('%s exists', (name) => {
    expect(checkCode(module(`return ${name};`))).toEqual([]);
  });

  test('a name that the code declares is its own', () => {
    expect(checkCode(module('const process = { env: 1 }; return process.env;'))).toEqual([]);
  });

  test('a name declared in an inner block does not reach outside', () => {
    expect(rules(module('if (ctx.args.a) { const Map = 1; ctx.stash.a = Map; } return Map;'))).toEqual(['global']);
  });

  test('an assignment to an undeclared name is refused', () => {
    expect(rules(module('answer = 1; return {};'))).toEqual(['global']);
  });

  test('var is seen in its whole function, parameters and destructuring in theirs', () => {
    const body = 'if (ctx.args.a) { var b = 1; } const { c, d: [e], ...f } = ctx.args; return [b, c, e, f];';
    expect(checkCode(module(body))).toEqual([]);
  });
});

describe('modules', () => {
  const handlers = 'export const request = (ctx) => ({}); export const response = (ctx) => ctx.result;';

  test('both modules, by name and as a namespace', () => {
    const source = `import { util as u, runtime } from '@aws-appsync/utils';
      import * as ddb from '@aws-appsync/utils/dynamodb';
      export function request(ctx) { u.error('a'); runtime.earlyReturn({}); return ddb.get({ key: { id: 1 } }); }
      const answer = (ctx) => ctx.result;
      export { answer as response };`;
    expect(checkCode(source)).toEqual([]);
  });

  test.each(['@aws-appsync/utils/rds', '@aws-appsync/utils/ai'])('%s is refused by name', (name) => {
    const [error] = checkCode(`import { select } from '${name}'; ${handlers}`);
    expect(error).toMatchObject({ rule: 'module', message: expect.stringContaining(name) });
  });

  test.each([
    `import fs from 'node:fs'; ${handlers}`,
    `import { keys } from './keys.js'; ${handlers}`,
    `import { nothing } from '@aws-appsync/utils'; ${handlers}`,
    `import utils from '@aws-appsync/utils'; ${handlers}`,
    `export * from '@aws-appsync/utils'; ${handlers}`,
    `export default 1; ${handlers}`,
  ])('refuses %s', (source) => {
    expect(rules(source)).toEqual(['module']);
  });

  test('request and response must both be exported', () => {
    const messages = checkCode('export function request(ctx) {} function response(ctx) {}').map((e) => e.message);
    expect(messages).toEqual(['The code must export a function named response']);
  });
});

describe('size', () => {
  const padded = (bytes: number) => {
    const code = module('return {};');
    return code + '/'.repeat(2) + 'é'.repeat((bytes - code.length - 2) / 2);
  };

  test('32,768 bytes pass, counted as UTF-8', () => {
    const base = module('return {};').length % 2 === 0 ? 32_768 : 32_767;
    expect(checkCode(padded(base))).toEqual([]);
    expect(rules(padded(base + 2))).toEqual(['code-size']);
  });
});

describe('recursion', () => {
  test('mutual recursion between top-level functions', () => {
    const before =
      'function one(n) { return two(n); } function two(n) { return three(n); } const three = (n) => one(n);';
    expect(rules(module('return one(1);', before))).toEqual(['recursion']);
  });

  test('a shared helper that two functions call is no recursion', () => {
    const before = 'const leaf = (n) => n; const one = (n) => leaf(n); const two = (n) => one(n) + leaf(n);';
    expect(checkCode(module('return two(1);', before))).toEqual([]);
  });

  test('a shadowed name is another function', () => {
    expect(checkCode(module('return one(1);', 'function one(one) { return one; }'))).toEqual([]);
  });
});

describe('positions', () => {
  test('line and column count from 1, span in characters', () => {
    const source = "export function request(ctx) {\n  throw 'no';\n}\nexport const response = (ctx) => ctx.result;";
    expect(checkCode(source)).toEqual([
      { line: 2, column: 3, span: 11, rule: 'statement', message: expect.stringContaining('throw') },
    ]);
  });

  test('errors come in the order of the code', () => {
    const lines = checkCode(module('\n~1;\nwhile (1) {}\nprocess.exit();')).map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(lines).toHaveLength(3);
  });
});
