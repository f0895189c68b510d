import { readFileSync } from 'node:fs';
import { type DefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { applicationPermissions, controlPlanePermissions, deniedFields, type Permissions } from './permissions.ts';

const rootTypes = ['Query', 'Mutation', 'Subscription'];

function rootFields(schema: string): string[] {
  const { definitions } = parse(readFileSync(new URL(schema, import.meta.url), 'utf8'));
  return definitions.flatMap((definition: DefinitionNode) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && rootTypes.includes(definition.name.value)
      ? (definition.fields ?? []).map((field) => `${definition.name.value}.${field.name.value}`)
      : [],
  );
}

describe.each([
  ['application.graphql', applicationPermissions],
  ['control-plane.graphql', controlPlanePermissions],
])('%s', (schema, permissions) => {
  it('has one row for every root field, in order, and none for others', () => {
    expect(Object.keys(permissions)).toEqual(rootFields(schema));
  });
});

describe('deniedFields', () => {
  it('lets a tenant user trade but not manage users', () => {
    expect(deniedFields(applicationPermissions, 'TENANT_USER', 'BASIC')).toEqual([
      'Query.users',
      'Query.user',
      'Query.health',
      'Mutation.createUser',
      'Mutation.updateUser',
      'Mutation.disableUser',
      'Mutation.enableUser',
      'Mutation.resendInvitation',
      'Mutation.publishProductChange',
      'Mutation.publishOrderChange',
      'Mutation.endSubscriptions',
    ]);
  });

  it('lets a tenant admin do everything but what is the system’s own', () => {
    expect(deniedFields(applicationPermissions, 'TENANT_ADMIN', 'PREMIUM')).toEqual([
      'Query.health',
      'Mutation.publishProductChange',
      'Mutation.publishOrderChange',
      'Mutation.endSubscriptions',
    ]);
  });

  it('lets customer support read, and use what is public', () => {
    const mutations = rootFields('control-plane.graphql').filter((field) => field.startsWith('Mutation.'));
    expect(deniedFields(controlPlanePermissions, 'CUSTOMER_SUPPORT')).toEqual([
      'Query.operators',
      'Query.operator',
      ...mutations.filter((field) => field !== 'Mutation.registerTenant'),
    ]);
  });

  it('lets a system administrator do everything but what is the system’s own', () => {
    expect(deniedFields(controlPlanePermissions, 'SYSTEM_ADMIN')).toEqual([
      'Mutation.publishRegistration',
      'Mutation.publishTenant',
      'Mutation.publishProvisioningRun',
      'Mutation.publishRollout',
    ]);
  });

  it('denies a field of another tier', () => {
    const permissions: Permissions<'TENANT_USER'> = { 'Query.me': { roles: ['TENANT_USER'], tiers: ['PREMIUM'] } };
    expect(deniedFields(permissions, 'TENANT_USER', 'BASIC')).toEqual(['Query.me']);
    expect(deniedFields(permissions, 'TENANT_USER', 'PREMIUM')).toEqual([]);
  });
});
