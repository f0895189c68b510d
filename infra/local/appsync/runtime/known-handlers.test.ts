import { parse } from 'acorn';
import { describe, expect, test } from 'vitest';
import { knownHandlers } from './known-handlers.ts';
import { shareContext, writeRequest } from './shared-context.ts';
import { testRuntime } from './testing/evaluate-call.ts';

const known = (source: string) => knownHandlers(parse(source, { ecmaVersion: 2023, sourceType: 'module' }));

describe('what is answered without running it', () => {
  test.each([
    ['export const request = () => ({});', { request: 'empty' }],
    ['export function request() { return {}; }', { request: 'empty' }],
    ['export const response = (ctx) => ctx.result;', { response: 'result' }],
    ['export function response(context) { return context.prev.result; }', { response: 'previous' }],
    [
      'export const request = () => ({});\nexport const response = (ctx) => ctx.prev.result;',
      { request: 'empty', response: 'previous' },
    ],
  ])('%s', (source, expected) => {
    expect(known(source)).toEqual(expected);
  });
});

describe('what is run', () => {
  test.each([
    'export const request = () => ({ a: 1 });',
    'export const request = (ctx) => ctx.args;',
    'export const response = (ctx) => ctx.prev.result.id;',
    "export const response = (ctx) => ctx['result'];",
    'export const response = (ctx) => other.result;',
    'export const response = ({ result }) => result;',
    'export function response(ctx) { ctx.stash.seen = true; return ctx.result; }',
    'export function response(ctx) { if (ctx.error) return null; return ctx.result; }',
    'const limit = 1;\nexport const response = (ctx) => ctx.result;',
    "import { util } from '@aws-appsync/utils';\nexport const response = (ctx) => ctx.result;",
    'export const request = () => ({});\nexport const response = (ctx) => ctx.result.items;',
  ])('%s', (source) => {
    expect(known(source)).toEqual({});
  });
});

test('the answer is what running it would give', () => {
  const shared = shareContext(writeRequest({}));
  const own = { arguments: '{}', source: 'null', stash: '{"a":1}', error: 'null' };
  const result = JSON.stringify({ text: 'a "quoted" line\nand }{ another', none: null });
  const given = { ...own, result, prev: `{"result":${result}}` };
  for (const answer of ['ctx.result', 'ctx.prev.result', '({})']) {
    const quick = `export const request = () => ({});\nexport const response = (ctx) => ${answer};`;
    // A statement more, and it is run.
    const run = `const unused = 1;\n${quick}`;
    const [one, other] = [quick, run].map((code) =>
      testRuntime().compile(code, 'x').evaluateShared('response', given, shared),
    );
    expect(one).toEqual(other);
  }
});

test('where there is nothing before it, the code says so itself', () => {
  const code = 'export const request = () => ({});\nexport const response = (ctx) => ctx.prev.result;';
  const given = { arguments: '{}', source: 'null', stash: '{}', error: 'null', result: 'null', prev: 'null' };
  const { effects } = testRuntime()
    .compile(code, 'x')
    .evaluateShared('response', given, shareContext(writeRequest({})));
  expect(effects?.error).toMatchObject({ type: 'Code', message: 'Runtime Error' });
});
