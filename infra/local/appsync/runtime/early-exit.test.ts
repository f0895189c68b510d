import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../service.ts';
import { parseModule } from '../language/index.ts';
import { earlyExit } from './early-exit.ts';
import { shareContext, writeRequest } from './shared-context.ts';
import { testRuntime } from './testing/evaluate-call.ts';

const imported = "import { runtime, util } from '@aws-appsync/utils';";
const begins = (first: string, before = '') =>
  `${imported}\n${before}\nexport function request(ctx) { ${first} return { payload: 1 }; }\nexport const response = (ctx) => ctx.result;`;

function exitOf(code: string) {
  const parsed = parseModule(code);
  if ('error' in parsed) throw new Error(`${code}: ${parsed.error.message}`);
  return earlyExit(parsed.program);
}

const stashes: readonly JsonObject[] = [
  {},
  { a: 1 },
  { b: true },
  { a: 0, b: 'x' },
  { a: { b: null }, b: 0 },
  { a: '', b: [] },
];
const given = { arguments: '{}', source: 'null', result: 'null', prev: '{"result":{"b":1}}', error: 'null' };

describe('a way out at the beginning answers what running it would', () => {
  test.each([
    'if (ctx.stash.a) runtime.earlyReturn({});',
    'if (ctx.stash.a || ctx.stash.b) runtime.earlyReturn({});',
    'if (ctx.stash.a && !ctx.stash.b) { runtime.earlyReturn(null); }',
    'if (!(ctx.stash.a || ctx.stash.b)) runtime.earlyReturn();',
    "if (ctx.stash.b) runtime.earlyReturn({}, { skipTo: 'END' });",
    "if (ctx.stash.b) runtime.earlyReturn(null, { skipTo: 'NEXT' });",
  ])('%s', (first) => {
    const code = begins(first);
    const exit = exitOf(code);
    const run = testRuntime();
    // A call at the top level, and it is run.
    const [quick, slow] = [code, begins(first, 'const made = util.autoId();')].map((each) => run.compile(each, 'x'));
    const taken = stashes.filter((stash) => exit?.holds(stash));
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBeLessThan(stashes.length);
    for (const stash of stashes) {
      const own = { ...given, stash: JSON.stringify(stash) };
      const [one, other] = [quick, slow].map((each) =>
        each?.evaluateShared('request', own, shareContext(writeRequest({}))),
      );
      expect(one).toEqual(other);
    }
  });

  test('also where a bundler has given other names, and there is more in the module', () => {
    const code = [
      "import { runtime as runtime2 } from '@aws-appsync/utils';",
      'var day = 24 * 60;',
      "var names = { a: ['b', -1] };",
      'var key = (one) => `${one}#`;',
      'function request2(context) { if (context.stash.a) runtime2.earlyReturn({}); return { payload: key(names) }; }',
      'function response(context) { return day; }',
      'export { request2 as request, response };',
    ].join('\n');
    expect(exitOf(code)).toMatchObject({ result: '{}', effects: { earlyReturn: {} } });
  });
});

describe('what is run', () => {
  test.each([
    // Not of the stash, or of what every object has.
    'if (ctx.args.a) runtime.earlyReturn({});',
    'if (ctx.stash.a.b) runtime.earlyReturn({});',
    'if (ctx.stash.constructor) runtime.earlyReturn({});',
    'if (ctx.stash?.a) runtime.earlyReturn({});',
    'if (ctx.stash.a > 1) runtime.earlyReturn({});',
    'if (ctx.stash.a ?? ctx.stash.b) runtime.earlyReturn({});',
    // Something else is done, too.
    'if (ctx.stash.a) { ctx.stash.b = 1; runtime.earlyReturn({}); }',
    'ctx.stash.a = 1; if (ctx.stash.a) runtime.earlyReturn({});',
    'if (ctx.stash.a) runtime.earlyReturn({}); else util.error("no");',
    // Not what is known, or not known what.
    'if (ctx.stash.a) util.error("no");',
    'if (ctx.stash.a) runtime.earlyReturn({ a: 1 });',
    'if (ctx.stash.a) runtime.earlyReturn(ctx.stash.a);',
    'if (ctx.stash.a) runtime.earlyReturn({}, { skipTo: ctx.stash.a });',
    "if (ctx.stash.a) runtime.earlyReturn({}, { skipTo: 'START' });",
    // The names mean something else.
    'if (ctx.stash.a) runtime.earlyReturn({}); var runtime = null;',
    'if (ctx.stash.a) runtime.earlyReturn({}); var ctx = null;',
  ])('%s', (first) => {
    expect(exitOf(begins(first))).toBeUndefined();
  });

  test.each(['const id = util.autoId();', 'console.log(1);', 'const { a } = { a: 1 };', 'let a; a = 1;'])(
    'after a top level that does something: %s',
    (before) => {
      const first = 'if (ctx.stash.a) runtime.earlyReturn({});';
      expect(exitOf(begins(first))).toBeDefined();
      expect(exitOf(begins(first, before))).toBeUndefined();
    },
  );

  test.each(['', 'export { request as response };', 'export { request as "request" };'])(
    'a function of that name that is not exported by it: %s',
    (exported) => {
      const code = `${imported}\nfunction request(ctx) { if (ctx.stash.a) runtime.earlyReturn({}); return {}; }\n${exported}`;
      expect(exitOf(code)).toBeUndefined();
    },
  );

  test('a handler whose context has the name of what ends it', () => {
    const code = `${imported}\nexport function request(runtime) { if (runtime.stash.a) runtime.earlyReturn({}); return {}; }`;
    expect(exitOf(code)).toBeUndefined();
  });

  test('a handler that takes its context apart', () => {
    const code = `${imported}\nexport function request({ stash }) { if (stash.a) runtime.earlyReturn({}); return {}; }`;
    expect(exitOf(code)).toBeUndefined();
  });
});
