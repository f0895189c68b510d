import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pipelines } from '../../resolvers/application/pipelines.ts';
import { bundleStep } from '../../resolvers/testing/bundle-step.ts';
import { ownKeyProblems, requireOwnKeys } from './require-own-keys.ts';

const steps = [...new Set(Object.values(pipelines).flatMap((ofField) => ofField.map(({ step }) => step)))];

const gate = ['chargeIdle', 'chargeBusy', 'chargeIdleAgain', 'chargeBusyAgain', 'countRefusal'];
test.each([...steps, ...gate.map((name) => `../lib/gate/${name}`)])('%s takes its keys from tenantKey.ts', (step) => {
  expect(ownKeyProblems(bundleStep(`application/${step}`))).toEqual([]);
});

test('test/types/own-requests.ts has every step', () => {
  const listed = readFileSync(new URL('../../test/types/own-requests.ts', import.meta.url), 'utf8');
  for (const step of steps) expect(listed).toContain(`resolvers/application/${step}.ts').request;`);
  for (const step of gate) expect(listed).toContain(`resolvers/lib/gate/${step}.ts').request;`);
});

test('a step without a handler of that name is refused', () => {
  expect(ownKeyProblems('function ask(ctx) { return ctx.args; }\nexport { ask };')).toEqual([
    '1: exports no function request, expected one',
  ]);
});

/** A step's own code, after what esbuild puts before it. */
const bundled = (code: string): string => `import { util } from "@aws-appsync/utils";
// resolvers/lib/tenantKey.ts
function productKey(ctx, id) { return { shardId: ctx.identity.resolverContext.tenantId, id }; }
function shardPartition(ctx, shard) { return { name: "shardId", value: productKey(ctx, shard).shardId }; }
// resolvers/lib/dynamodb.ts
function getItem(key) { return { operation: "GetItem", key }; }
function batchGetItems(table, keys) { return { operation: "BatchGetItem", tables: { [table]: { keys } } }; }
function queryPartition({ partition }) { return { operation: "Query", query: partition }; }
function transactPut(table, key, item) { return { table, operation: "PutItem", key, item }; }
function transactWrite(transactItems) { return { operation: "TransactWriteItems", transactItems }; }
function toWire(expression) { return expression; }
// resolvers/application/Query.product.ts
${code}
export { request };
`;

test.each([
  'function request(ctx) { return getItem(productKey(ctx, ctx.args.id)); }',
  'function request(ctx) { const key = productKey(ctx, ctx.args.id); return getItem(key); }',
  'function request(ctx) { return batchGetItems("t", ctx.args.ids.map((id) => productKey(ctx, id))); }',
  'function request(ctx) { return queryPartition({ partition: shardPartition(ctx, 0) }); }',
  'function request(ctx) { return { operation: "Invoke", payload: ctx.args }; }',
  'function request(ctx) { return ctx.args.id ? getItem(productKey(ctx, ctx.args.id)) : util.error("none"); }',
  'function read(context) { return getItem(productKey(context, "1")); }\nfunction request(ctx) { return read(ctx); }',
  `function put(ctx, one) { return transactPut("t", productKey(ctx, one), {}); }
   function request(ctx) {
     const first = transactPut("t", productKey(ctx, "1"), {});
     const others = ctx.args.ids.map((id) => put(ctx, id));
     return transactWrite([first, ...others, ...(ctx.stash.more ?? []).map((id) => put(ctx, id))]);
   }`,
])('passes %s', (code) => {
  expect(ownKeyProblems(bundled(code))).toEqual([]);
});

const notOfKeys = 'has a key that is not of resolvers/lib/tenantKey.ts';
const notARequest = 'answers what is no request of resolvers/lib/dynamodb.ts as it was made';
const otherItem = 'transactWrite has an item that is not of resolvers/lib/dynamodb.ts, as it was made';
const otherContext = 'gives something else for the context of the request, expected it as it came';
const changedContext = 'copies or changes the context of the request';
test.each([
  ['a key of the arguments', 'function request(ctx) { return getItem(ctx.args.key); }', `getItem ${notOfKeys}`],
  ['a key by hand', 'function request(ctx) { return getItem({ shardId: ctx.args.id }); }', `getItem ${notOfKeys}`],
  [
    'a key that was changed',
    'function request(ctx) { return getItem({ ...productKey(ctx, "1"), shardId: "t2#0" }); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'a key function of its own',
    'function productKey2(ctx) { return ctx.args.key; }\nfunction request(ctx) { return getItem(productKey2(ctx)); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'keys by hand',
    'function request(ctx) { return batchGetItems("t", ctx.args.ids.map((id) => ({ id }))); }',
    `batchGetItems ${notOfKeys}`,
  ],
  [
    'a partition of the arguments',
    'function request(ctx) { return queryPartition({ partition: ctx.args.partition }); }',
    `queryPartition ${notOfKeys}`,
  ],
  [
    'a partition that a later one replaces',
    'function request(ctx) { return queryPartition({ partition: shardPartition(ctx, 0), partition: ctx.args.p }); }',
    `queryPartition ${notOfKeys}`,
  ],
  ['a whole query', 'function request(ctx) { return queryPartition(ctx.args); }', `queryPartition ${notOfKeys}`],
  [
    'a request by hand',
    'function request(ctx) { return { operation: "Scan" }; }',
    'makes a request by itself, expected one of resolvers/lib/dynamodb.ts',
  ],
  [
    'a request of a kind that is not known',
    'function request(ctx) { return { operation: ctx.args.operation }; }',
    'makes a request by itself, expected one of resolvers/lib/dynamodb.ts',
  ],
  [
    'AWS’s own helpers',
    'import { get } from "@aws-appsync/utils/dynamodb";\nfunction request(ctx) { return get({ key: ctx.args }); }',
    'imports @aws-appsync/utils/dynamodb, expected requests of resolvers/lib/dynamodb.ts alone',
  ],
  [
    'the caller’s identity',
    'function request(ctx) { return { payload: ctx.identity.resolverContext.tenantId }; }',
    "reads the caller's identity, expected resolvers/lib/tenantKey.ts to",
  ],
  [
    'the caller’s identity, taken apart',
    'function request({ identity }) { return { payload: identity }; }',
    "reads the caller's identity, expected resolvers/lib/tenantKey.ts to",
  ],
  [
    'a request that was given another key',
    'function request(ctx) { return { ...getItem(productKey(ctx, "1")), key: { shardId: ctx.args.shard } }; }',
    notARequest,
  ],
  [
    'a request of another function that was given another key',
    `function read(ctx) { return getItem(productKey(ctx, "1")); }
     function request(ctx) { return { ...read(ctx), key: ctx.args.key }; }`,
    notARequest,
  ],
  [
    'a request that was changed',
    'function request(ctx) { const read = getItem(productKey(ctx, "1")); read.key = ctx.args.key; return read; }',
    notARequest,
  ],
  [
    'a request that is made in parts',
    'function request(ctx) { const scan = {}; scan.operation = "Scan"; return scan; }',
    notARequest,
  ],
  ['a request by a computed name', 'function request(ctx) { return { ["opera" + "tion"]: "Scan" }; }', notARequest],
  ['a request that was left by another step', 'function request(ctx) { return ctx.stash.request; }', notARequest],
  [
    'a request under another name',
    'function request(ctx) { const read = getItem; return read(ctx.args.key); }',
    notARequest,
  ],
  ['a request of a function that ends in itself', 'function request(ctx) { return request(ctx); }', notARequest],
  [
    'a function of the request module that is not known',
    'function request(ctx) { return toWire(ctx.args.request); }',
    'calls toWire, which makes no request that is known',
  ],
  [
    'a partition beside the arguments',
    'function request(ctx) { return queryPartition({ partition: shardPartition(ctx, 0), ...ctx.args }); }',
    `queryPartition ${notOfKeys}`,
  ],
  [
    'a key with a namesake of another function',
    `function request(ctx) { const key = ctx.args.key; return getItem(key); }
     function other(ctx) { const key = productKey(ctx, "1"); return getItem(key); }`,
    `getItem ${notOfKeys}`,
  ],
  [
    'a parameter with a namesake of another function',
    `function read(key) { return getItem(key); }
     function request(ctx) { const key = productKey(ctx, "1"); return read(ctx.args.key); }`,
    `getItem ${notOfKeys}`,
  ],
  [
    'a key that is replaced',
    'function request(ctx) { let key = productKey(ctx, "1"); key = ctx.args.key; return getItem(key); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'a key that is written into',
    'function request(ctx) { const key = productKey(ctx, "1"); key.shardId = ctx.args.id; return getItem(key); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'a key that something is assigned to',
    'function request(ctx) { const key = productKey(ctx, "1"); Object.assign(key, ctx.args.key); return getItem(key); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'an item that was given another key',
    'function request(ctx) { return transactWrite([{ ...transactPut("t", productKey(ctx, "1"), {}), key: ctx.args.key }]); }',
    otherItem,
  ],
  [
    'an item that was changed',
    `function request(ctx) {
       const put = transactPut("t", productKey(ctx, "1"), {});
       put.key = ctx.args.key;
       return transactWrite([put]);
     }`,
    otherItem,
  ],
  ['items of the arguments', 'function request(ctx) { return transactWrite(ctx.args.items); }', otherItem],
  [
    'more items of the arguments',
    'function request(ctx) { return transactWrite([transactPut("t", productKey(ctx, "1"), {}), ...ctx.args.items]); }',
    otherItem,
  ],
  [
    'a key of another context',
    'function request(ctx) { const other = { ...ctx, identity: ctx.args.identity }; return getItem(productKey(other, "1")); }',
    `getItem ${notOfKeys}`,
  ],
  [
    'another context for another function',
    `function read(ctx, id) { return getItem(productKey(ctx, id)); }
     function request(ctx) { return ctx.args.id ? read(ctx, ctx.args.id) : read({ ...ctx, ...ctx.args.input }, "1"); }`,
    otherContext,
  ],
  [
    'a context that was changed',
    'function request(ctx) { ctx.identity = ctx.args.identity; return getItem(productKey(ctx, "1")); }',
    changedContext,
  ],
  [
    'a context that something is assigned to',
    'function request(ctx) { Object.assign(ctx, ctx.args); return getItem(productKey(ctx, "1")); }',
    changedContext,
  ],
])('refuses %s', (_, code, problem) => {
  expect(() => requireOwnKeys('application/Query.product', bundled(code))).toThrow(problem);
});
