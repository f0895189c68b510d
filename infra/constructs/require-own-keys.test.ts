import { expect, test } from 'vitest';
import { pipelines } from '../../resolvers/application/pipelines.ts';
import { bundleStep } from '../../resolvers/testing/bundle-step.ts';
import { ownKeyProblems, requireOwnKeys } from './require-own-keys.ts';

const steps = [...new Set(Object.values(pipelines).flatMap((ofField) => ofField.map(({ step }) => step)))];

const gate = ['chargeIdle', 'chargeBusy', 'chargeIdleAgain', 'chargeBusyAgain', 'countRefusal'];
test.each([...steps, ...gate.map((name) => `../lib/gate/${name}`)])('%s takes its keys from tenantKey.ts', (step) => {
  expect(ownKeyProblems(bundleStep(`application/${step}`))).toEqual([]);
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
// resolvers/application/Query.product.ts
${code}
`;

test.each([
  'function request(ctx) { return getItem(productKey(ctx, ctx.args.id)); }',
  'function request(ctx) { const key = productKey(ctx, ctx.args.id); return getItem(key); }',
  'function request(ctx) { return batchGetItems("t", ctx.args.ids.map((id) => productKey(ctx, id))); }',
  'function request(ctx) { return queryPartition({ partition: shardPartition(ctx, 0) }); }',
  'function request(ctx) { return { operation: "Invoke", payload: ctx.args }; }',
])('passes %s', (code) => {
  expect(ownKeyProblems(bundled(code))).toEqual([]);
});

const notOfKeys = 'has a key that is not of resolvers/lib/tenantKey.ts';
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
])('refuses %s', (_, code, problem) => {
  expect(() => requireOwnKeys('application/Query.product', bundled(code))).toThrow(problem);
});
