import { describe, expect, test } from 'vitest';
import { pipelines as applicationPipelines } from '../../resolvers/application/pipelines.ts';
import { applicationPermissions, type Permissions } from '../../schema/permissions.ts';
import { requireGuards } from './require-guards.ts';
import { type RootField, rootFields, schemaText } from './schema-text.ts';

const gate = ['lib/gate/chargeIdle', 'lib/gate/chargeBusy', 'lib/gate/countRefusal'];
const fields = rootFields(schemaText('application'));
const step = (name: string) => ({ step: name, dataSource: 'Gates' });
const guarded = (field: RootField) => [
  ...(field.directives.includes('aws_iam') ? [] : gate.map(step)),
  ...(applicationPipelines[field.coordinate] ?? []),
];
const plane = {
  plane: 'application',
  fields,
  permissions: applicationPermissions as Permissions<string>,
  guards: [{ role: 'TENANT' as const, steps: gate }],
  stepsOf: guarded,
};
const without = (name: string) =>
  Object.fromEntries(Object.entries(plane.permissions).filter(([coordinate]) => coordinate !== name));

test('the application plane is guarded', () => {
  expect(() => requireGuards(plane)).not.toThrow();
});

describe('synth is refused', () => {
  test.each(fields.filter(({ directives }) => !directives.includes('aws_iam')))(
    '$coordinate without the gate',
    (one) => {
      const stepsOf = (field: RootField) =>
        field === one ? applicationPipelines[field.coordinate] ?? [] : guarded(field);
      expect(() => requireGuards({ ...plane, stepsOf })).toThrow(
        `${one.coordinate} does not begin with lib/gate/chargeIdle`,
      );
    },
  );

  test('the gate behind another step, or a part of it', () => {
    const late = (field: RootField) => [step('application/Query.me'), ...guarded(field)];
    expect(() => requireGuards({ ...plane, stepsOf: late })).toThrow('does not begin with');
    for (const length of [1, 2]) {
      const part = gate.slice(0, length).map(step);
      const stepsOf = (field: RootField) => [...part, ...(applicationPipelines[field.coordinate] ?? [])];
      expect(() => requireGuards({ ...plane, stepsOf })).toThrow('does not begin with');
    }
  });

  test.each(fields)('$coordinate without a row of permissions', ({ coordinate }) => {
    expect(() => requireGuards({ ...plane, permissions: without(coordinate) })).toThrow(
      `${coordinate} has no row in schema/permissions.ts`,
    );
  });

  test('a row without a field', () => {
    const permissions = { ...plane.permissions, 'Query.gone': { roles: ['TENANT_ADMIN'] } };
    expect(() => requireGuards({ ...plane, permissions })).toThrow('a row for Query.gone, which the schema lacks');
  });

  test.each([
    ['Query.me', ['SYSTEM'], "Query.me is the system's own by its row, but not so by @aws_iam"],
    ['Query.me', ['PUBLIC'], 'Query.me is public by its row, but not so by @aws_api_key'],
    ['Mutation.publishOrderChange', ['TENANT_ADMIN'], "is not the system's own by its row, but not so by @aws_iam"],
    ['Mutation.publishOrderChange', ['SYSTEM', 'TENANT_ADMIN'], "is the system's own and somebody else's"],
  ])('%s for %s, which the schema does not open to them alone', (coordinate, roles, message) => {
    const permissions = { ...plane.permissions, [coordinate]: { roles } };
    expect(() => requireGuards({ ...plane, permissions })).toThrow(message);
  });
});
