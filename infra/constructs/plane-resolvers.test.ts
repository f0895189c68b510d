import { Stack } from 'aws-cdk-lib';
import { Definition, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { expect, test } from 'vitest';
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
