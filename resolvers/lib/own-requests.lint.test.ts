import { Linter } from 'eslint';
import { expect, test } from 'vitest';

const path = new URL('../../eslint.config.mjs', import.meta.url).pathname;
const { default: config } = (await import(path)) as { readonly default: readonly Linter.Config[] };
const rules = config.flatMap(({ files = [], rules: ofFiles }) =>
  files.includes('resolvers/application/**/*.ts') && ofFiles?.['no-restricted-syntax'] ? [ofFiles] : [],
);

/** What the project's rule for steps on tenants' data says to this one. */
function problemsOf(answer: string): string[] {
  const code = `export function request(ctx) { const read = getItem(productKey(ctx, '1')); ${answer} }`;
  return rules.flatMap((one) => new Linter().verify(code, [{ rules: one }])).map(({ message }) => message);
}

test.each([
  'return read;',
  "return transactWrite([transactPut('t', productKey(ctx, '1'), { ...ctx.args.input })]);",
  "return queryPartition({ partition: shardPartition(ctx, 0), sort: 'productId' });",
])('lint passes %s', (answer) => {
  expect(problemsOf(answer)).toEqual([]);
});

const asMade = 'A request is answered as resolvers/lib/dynamodb.ts has made it, with the key that it was given.';
test.each([
  ["return { operation: 'Scan' };", 'Requests on tenants’ data are made in resolvers/lib/dynamodb.ts'],
  ["return { ...getItem(productKey(ctx, '1')), key: ctx.args.key };", asMade],
  ["return transactWrite([{ ...transactPut('t', productKey(ctx, '1'), {}), key: ctx.args.key }]);", asMade],
  ['read.key = ctx.args.key; return read;', asMade],
  ["read.operation = 'Scan'; return read;", asMade],
  ['return queryPartition({ partition: shardPartition(ctx, 0), ...ctx.args });', 'What a query reads is spelled'],
  ['return read(ctx.identity);', 'Whose tenant it is, resolvers/lib/tenantKey.ts says.'],
  ['const { identity } = ctx; return read(identity);', 'Whose tenant it is, resolvers/lib/tenantKey.ts says.'],
])('lint refuses %s', (answer, problem) => {
  expect(problemsOf(answer)).toEqual([expect.stringContaining(problem)]);
});
