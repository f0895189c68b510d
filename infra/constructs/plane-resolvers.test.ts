import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Definition, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { afterAll, expect, test } from 'vitest';
import type { Pipelines } from '../../resolvers/pipelines.ts';
import { PlaneDataSource } from './data-sources.ts';
import { PlaneResolvers, type PlaneResolversProps } from './plane-resolvers.ts';
import { rootFields, schemaText, writeSchema } from './schema-text.ts';

const gate = ['lib/gate/chargeIdle', 'lib/gate/chargeBusy', 'lib/gate/countRefusal'];

/** The resolver of one field, as a plane's construct makes it. */
function resolve(field: string, change: Partial<PlaneResolversProps> & { readonly pipelines: Pipelines }): void {
  const stack = new Stack();
  const plane = change.plane ?? 'application';
  const schema = schemaText(plane);
  const api = new GraphqlApi(stack, 'Api', {
    name: 'api',
    definition: Definition.fromFile(writeSchema(plane, schema)),
  });
  new PlaneResolvers(stack, 'Resolvers', {
    api,
    plane,
    fields: rootFields(schema).filter(({ coordinate }) => coordinate === field),
    permissions: { [field]: { roles: ['TENANT_ADMIN'] } },
    guards: [{ role: 'TENANT', steps: gate }],
    before: () => gate.map((step) => ({ step: `../${step}`, dataSource: 'None' })),
    dataSources: { None: new PlaneDataSource(stack, 'None', { api, specification: { kind: 'none' } }) },
    ...change,
  });
}
const product: Pipelines = { 'Query.product': [{ step: 'Query.product', dataSource: 'None' }] };

test('a field with its gate, whose keys are the caller’s, is resolved', () => {
  expect(() => resolve('Query.product', { pipelines: product })).not.toThrow();
});

test('one without its gate is refused', () => {
  expect(() => resolve('Query.product', { pipelines: product, before: () => [] })).toThrow('does not begin with');
});

test('one whose step takes keys of its arguments is refused', () => {
  const pipelines: Pipelines = { 'Query.tenant': [{ step: 'Query.tenant', dataSource: 'None' }] };
  const ungated = { guards: [{ role: 'TENANT', steps: [] }] as const, before: () => [] };
  expect(() => resolve('Query.tenant', { plane: 'control-plane', pipelines, ...ungated })).toThrow(
    "The bundle of resolvers/control-plane/Query.tenant.ts may reach another tenant's data",
  );
});

const written = mkdtempSync(join(tmpdir(), 'cotenant-steps-'));
afterAll(() => rmSync(written, { recursive: true, force: true }));

/** A field whose one step has this code, behind no gate. */
function resolveCode(request: string): void {
  mkdirSync(join(written, 'application'), { recursive: true });
  writeFileSync(
    join(written, 'application', 'Query.product.ts'),
    `export function request(ctx) { ${request} }\nexport const response = (ctx) => ctx.result;\n`,
  );
  const ungated = { guards: [{ role: 'TENANT', steps: [] }] as const, before: () => [] };
  resolve('Query.product', { pipelines: product, sources: written, ...ungated });
}

test('a step of APPSYNC_JS that is short is resolved', () => {
  expect(() => resolveCode('return { payload: ctx.args.id };')).not.toThrow();
});

test('one of more than APPSYNC_JS is refused', () => {
  expect(() => resolveCode('try { return { payload: ctx.args.id }; } catch { return {}; }')).toThrow(
    'The bundle of resolvers/application/Query.product.ts is not APPSYNC_JS:\n',
  );
});

test('one of more than 32 KB is refused', () => {
  expect(() => resolveCode(`return { payload: '${'x'.repeat(33_000)}' };`)).toThrow('AppSync takes at most 32768');
});

test('a field of more than ten steps is refused', () => {
  const steps = (count: number) => Array.from({ length: count }, () => ({ step: 'Query.product', dataSource: 'None' }));
  expect(() => resolve('Query.product', { pipelines: { 'Query.product': steps(7) } })).not.toThrow();
  expect(() => resolve('Query.product', { pipelines: { 'Query.product': steps(8) } })).toThrow(
    'Query.product has 11 steps, at most 10 are allowed',
  );
});

test('a field without steps is refused, and so are steps of no field', () => {
  expect(() => resolve('Query.product', { pipelines: {} })).toThrow(
    'No steps in resolvers/application/pipelines.ts for Query.product',
  );
  const more: Pipelines = { ...product, 'Query.nothing': [{ step: 'Query.product', dataSource: 'None' }] };
  expect(() => resolve('Query.product', { pipelines: more })).toThrow(
    'resolvers/application/pipelines.ts names fields that the schema lacks: Query.nothing',
  );
});

test('a step on a data source that is not there is refused', () => {
  const pipelines: Pipelines = { 'Query.product': [{ step: 'Query.product', dataSource: 'Products' }] };
  expect(() => resolve('Query.product', { pipelines })).toThrow('names the data source Products; there are None');
});
