import { describe, expect, test } from 'vitest';
import { evaluateBody, evaluateCall, testRuntime } from './testing/evaluate-call.ts';
import { UnsupportedCode, type ResolverContext } from './index.ts';

const info = {
  fieldName: 'product',
  parentTypeName: 'Query',
  variables: { id: '1' },
  selectionSetList: ['id', 'name'],
  selectionSetGraphQL: '{ id name }',
};

describe('the context', () => {
  const context: ResolverContext = {
    arguments: { id: '1' },
    identity: { resolverContext: { tenantId: 't1' } },
    source: { parent: 'p' },
    stash: { a: 1 },
    result: { name: 'n' },
    prev: { result: [1] },
    error: { message: 'm', type: 'T' },
    request: { headers: { 'x-a': ['1', '2'] }, domainName: null },
    env: { TABLE: 'products' },
    info,
  };

  test.each([
    ['ctx.args.id', '1'],
    ['ctx.arguments.id', '1'],
    ['ctx.args === ctx.arguments', true],
    ['ctx.identity.resolverContext.tenantId', 't1'],
    ['ctx.source.parent', 'p'],
    ['ctx.stash.a', 1],
    ['ctx.result.name', 'n'],
    ['ctx.prev.result', [1]],
    ['ctx.error.type', 'T'],
    ["ctx.request.headers['x-a']", ['1', '2']],
    ['ctx.request.domainName', null],
    ['ctx.env.TABLE', 'products'],
    ['ctx.info.fieldName', 'product'],
    ['ctx.info.variables.id', '1'],
    ['ctx.info.selectionSetList', ['id', 'name']],
    ['ctx.info.selectionSetGraphQL', '{ id name }'],
    ['Object.keys(ctx.info)', ['fieldName', 'parentTypeName', 'variables']],
    ["JSON.stringify(ctx).indexOf('selectionSet')", -1],
    ['ctx.args.none === undefined', true],
  ])('%s', (expression, expected) => {
    expect(evaluateCall(expression, context)).toEqual(expected);
  });

  test.each([
    ['ctx.args', {}],
    ['ctx.stash', {}],
    ['ctx.identity', null],
    ['ctx.source', null],
    ['ctx.result', null],
    ['ctx.error', null],
    ['ctx.request', { headers: {}, domainName: null }],
  ])('%s where there is none', (expression, expected) => {
    expect(evaluateCall(expression)).toEqual(expected);
  });

  test('what a handler changes in the stash comes back', () => {
    expect(
      evaluateBody('ctx.stash.b = { c: [1] }; delete ctx.stash.a; return null;', { stash: { a: 1 } }).stash,
    ).toEqual({ b: { c: [1] } });
  });

  test('the stash comes back from a handler that ends with an error too', () => {
    expect(evaluateBody("ctx.stash.b = 1; util.error('a');").stash).toEqual({ b: 1 });
  });

  test('the response handler', () => {
    const code =
      'export const request = () => ({}); const handle = ({ result }) => result.items; export { handle as response };';
    expect(
      testRuntime()
        .compile(code, 'x')
        .evaluate('response', { result: { items: [1] } }).result,
    ).toEqual([1]);
  });
});

describe('results', () => {
  test.each([
    ['return;', null],
    ['return undefined;', null],
    ['return null;', null],
    ['return { a: undefined, b: null };', { b: null }],
    ['return [undefined, 1];', [null, 1]],
    ['return NaN;', null],
    ['return false;', false],
    ["return '';", ''],
    ['return { f: () => 1 };', {}],
    ["return 'h€𝄞';", 'h€𝄞'],
  ])('%s', (body, expected) => {
    expect(evaluateBody(body).result).toEqual(expected);
  });

  test('a result of more than 5 MB is refused', () => {
    const { error, result } = evaluateBody('return [1, 2, 3, 4, 5, 6].map(() => ctx.args.text);', {
      arguments: { text: 'x'.repeat(1_000_000) },
    });
    expect(result).toBeNull();
    expect(error).toMatchObject({ type: 'Code', message: expect.stringContaining('characters') });
  });

  test('a result that is no JSON is an error of the code', () => {
    expect(evaluateBody('const a = {}; a.a = a; return a;').error).toMatchObject({
      message: 'Runtime Error',
      type: 'Code',
    });
    expect(evaluateBody('const a = {}; a.a = a; ctx.stash.a = a; return 1;').error).toMatchObject({ type: 'Code' });
  });
});

describe('errors of the code itself', () => {
  test('tell the client nothing and the log where', () => {
    const code = `import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const { a } = ctx.args;
  return a.b.c;
}
export const response = (ctx) => ctx.result;`;
    const { error, logs } = testRuntime().compile(code, 'x').evaluate('request', { arguments: {} });
    expect(error).toMatchObject({ message: 'Runtime Error', type: 'Code' });
    expect(logs).toEqual([
      expect.stringMatching(/^ERROR - code\.js:5:\d+: TypeError: Cannot read properties of undefined/),
    ]);
  });

  test('code that AppSync would refuse does not compile, and every reason is named', () => {
    const code = 'export function request(ctx) {\n  throw ctx;\n}\nexport function response(ctx) { return new Map(); }';
    try {
      testRuntime().compile(code, 'Query.product');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(UnsupportedCode);
      expect((error as UnsupportedCode).errors.map(({ line, rule }) => [line, rule])).toEqual([
        [2, 'statement'],
        [4, 'expression'],
        [4, 'global'],
      ]);
      expect(String(error)).toContain('Query.product');
    }
  });
});

describe('the language as it runs', () => {
  test.each([
    [
      'const { a: [b = 2, ...c], ...d } = { a: [undefined, 3, 4], e: 5 }; return { b, c, d };',
      { b: 2, c: [3, 4], d: { e: 5 } },
    ],
    ['let n = 0; for (const a of [1, 2, 3]) { if (a === 3) break; n += a; } return n;', 3],
    ['let n = 0; for (const a of [1, 2]) n += a; for (const k in { x: 1 }) n += k.length; return n;', 4],
    ['const f = (a) => ({ a }); return [1, 2].map(f);', [{ a: 1 }, { a: 2 }]],
    ['const f = (a) => (b) => a + b; return f(1)(2);', 3],
    ['const f = function (a = 1, ...rest) { return a + rest.length; }; return f(undefined, 1, 2);', 3],
    ["switch (ctx.args.a) { case 1: return 'one'; default: return 'other'; }", 'other'],
    ['return `a${1 + 1}${`b${3}`}`;', 'a2b3'],
    ['return ctx?.args?.a?.b ?? 4;', 4],
    ['return [1, [2, [3]]].flat(2).concat([4]).reverse();', [4, 3, 2, 1]],
    ['return [3, 1, 2].sort();', [1, 2, 3]],
    ["return JSON.parse('{bad');", ''],
    ['return JSON.parse(\'{"a":1}\').a;', 1],
    ["return ['a', 'b'].findLast((each) => each !== 'b');", 'a'],
    ["return ' aBc '.trim().toUpperCase().split('B');", ['A', 'C']],
    ['return Object.entries({ a: 1 }).flatMap(([name, value]) => [name, value]);', ['a', 1]],
    ["return '' + [1, 2] + {};", '1,2[object Object]'],
    ['return typeof util.autoId();', 'string'],
    ['const { dynamodb } = util; return dynamodb.toMapValues({ a: 1 });', { a: { N: 1 } }],
    ['return [1, 2, 3].reduce((sum, each) => sum + each, 0);', 6],
  ])('%s', (body, expected) => {
    expect(evaluateBody(body)).toMatchObject({ result: expected });
    expect(evaluateBody(body).error).toBeUndefined();
  });

  test('esbuild output with imports under other names', () => {
    const code = `// resolvers/lib/key.ts
import { util as util2 } from "@aws-appsync/utils";
import { get, operations as ops } from "@aws-appsync/utils/dynamodb";
var prefix = "p#";
function key(id) {
  return { id: prefix + id };
}
var request = (ctx) => get({ key: key(ctx.args.id) });
function response(ctx) { if (!ctx.result) util2.error("none", "NotFound"); return ops.increment(); }
export {
  request,
  response
};
`;
    const compiled = testRuntime().compile(code, 'x');
    expect(compiled.evaluate('request', { arguments: { id: '1' } }).result).toEqual({
      operation: 'GetItem',
      key: { id: { S: 'p#1' } },
    });
    expect(compiled.evaluate('response', {}).error).toMatchObject({ message: 'none', type: 'NotFound' });
    expect(compiled.evaluate('response', { result: {} }).result).toEqual({ type: 'OPERATION_INCREMENT', by: 1 });
  });

  test('the same code is compiled once', () => {
    const code = 'export const request = () => 1; export const response = () => 2;';
    expect(testRuntime().compile(code, 'a')).toBe(testRuntime().compile(code, 'b'));
  });
});

describe('console', () => {
  test('writes a line with the place of the call', () => {
    const { logs, result } = evaluateBody(
      "\n  console.log('a', { b: 1 }, undefined);\n  console.error(ctx.args);\n  return 1;",
      { arguments: { c: 2 } },
    );
    expect(result).toBe(1);
    expect(logs).toEqual(['INFO - code.js:4:3: "a" {"b":1} undefined', 'ERROR - code.js:5:3: {"c":2}']);
  });

  test('in brackets, in a loop without a block, and of a name that is the own one', () => {
    expect(evaluateBody('console.log((1), (2)); for (const each of [3]) console.log(each); return 1;').logs).toEqual([
      expect.stringMatching(/: 1 2$/),
      expect.stringMatching(/: 3$/),
    ]);
    expect(evaluateBody('const console = { log: (a) => a }; return console.log(5);')).toMatchObject({
      result: 5,
      logs: [],
    });
  });

  test('without arguments, and as a value', () => {
    expect(evaluateBody('console.log(); [1].forEach((each) => console.log(each)); return 1;').logs).toEqual([
      expect.stringMatching(/^INFO - code\.js:3:\d+: $/),
      expect.stringMatching(/: 1$/),
    ]);
  });
});

describe('runtime.earlyReturn', () => {
  test.each([
    ["runtime.earlyReturn({ a: 1 }); util.error('never');", { a: 1 }, {}],
    ["runtime.earlyReturn({ a: 1 }, { skipTo: 'END' });", { a: 1 }, { skipTo: 'END' }],
    ["runtime.earlyReturn(null, { skipTo: 'NEXT' });", null, { skipTo: 'NEXT' }],
    ['runtime.earlyReturn();', null, {}],
  ])('%s', (body, result, earlyReturn) => {
    const evaluation = evaluateBody(body);
    expect(evaluation.error).toBeUndefined();
    expect(evaluation).toMatchObject({ result, earlyReturn });
  });

  test('of a place that there is not', () => {
    expect(evaluateBody("runtime.earlyReturn(1, { skipTo: 'START' });").error?.message).toContain('skipTo');
  });

  test('a handler that returns has none', () => {
    expect(evaluateBody('return 1;').earlyReturn).toBeUndefined();
  });
});

describe('extensions', () => {
  const filter = { filterGroup: [{ filters: [{ fieldName: 'tenantId', operator: 'eq', value: 't1' }] }] };

  test('a subscription filter', () => {
    const body =
      "extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ tenantId: { eq: 't1' } })); return null;";
    expect(evaluateBody(body).subscriptionFilter).toEqual(filter);
    expect(evaluateBody('return null;').subscriptionFilter).toBeUndefined();
  });

  test('an invalidation filter', () => {
    const body = 'extensions.setSubscriptionInvalidationFilter(ctx.args.filter); return null;';
    expect(evaluateBody(body, { arguments: { filter } }).subscriptionInvalidationFilter).toEqual(filter);
  });

  test('invalidations, at most five', () => {
    const body =
      "ctx.args.n.forEach((each) => extensions.invalidateSubscriptions({ subscriptionField: 'onA', payload: { each } })); return 1;";
    expect(evaluateBody(body, { arguments: { n: [1, 2] } }).subscriptionInvalidations).toEqual([
      { subscriptionField: 'onA', payload: { each: 1 } },
      { subscriptionField: 'onA', payload: { each: 2 } },
    ]);
    expect(evaluateBody(body, { arguments: { n: [1, 2, 3, 4, 5, 6] } }).error?.message).toContain('5 times');
  });

  test('an eviction from the cache', () => {
    const body = "extensions.evictFromApiCache('Query', 'product', { 'ctx.args.id': '1' }); return 1;";
    expect(evaluateBody(body).cacheEvictions).toEqual([
      { typeName: 'Query', fieldName: 'product', keyValuePair: { 'ctx.args.id': '1' } },
    ]);
  });

  test.each([
    'extensions.setSubscriptionFilter(null);',
    'extensions.invalidateSubscriptions({});',
    "extensions.evictFromApiCache('Query');",
  ])('refuses %s', (body) => {
    expect(evaluateBody(body).error?.message).toContain('expected');
  });
});
