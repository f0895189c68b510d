import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { buildFolder } from '../constructs/bundle.ts';
import { rightsOf } from '../constructs/testing/role-rights.ts';
import { TenantStack } from './tenant-stack.ts';

const bundles = join(buildFolder, 'no-functions');
for (const folder of ['pre-token', 'authorizer', 'users', 'application-changes', 'stack-registration'])
  mkdirSync(join(bundles, folder), { recursive: true });
const template = Template.fromStack(new TenantStack(new App(), 'Tenant', { bundles }));

const own = '01JD0000000000000000000000';
const other = '01JD0000000000000000000001';
const roles = [
  ['UsersRole', 'TenantUsers', ['GetItem', 'PutItem', 'Query', 'ConditionCheckItem']],
  ['UsersRole', 'Tenants', ['GetItem']],
  ['UsersRole', 'Gates', ['UpdateItem']],
  ['ApplicationGatesRole', 'Gates', ['GetItem', 'UpdateItem']],
  ['ApplicationTenantsRole', 'Tenants', ['GetItem']],
  ['ApplicationTenantUsersRole', 'TenantUsers', ['GetItem', 'Query']],
  ['ApplicationUsageRole', 'Usage', ['Query']],
] as const;
const rightsIn = (stack: string, role: string) =>
  rightsOf(template, role, { TenantId: stack, IsPool: stack === 'pooled' });
const keys = (...leadingKeys: string[]) => ({ 'dynamodb:LeadingKeys': leadingKeys });

describe.each(roles)('%s at %s', (role, table, actions) => {
  test('in a stack of one tenant, reaches that tenant’s rows and no others', () => {
    const may = rightsIn(own, role);
    for (const action of actions) {
      expect(may(action, table, keys(own))).toBe(true);
      for (const context of [keys(other), keys(own, other), keys(`${own}0`), keys(''), {}])
        expect([action, context, may(action, table, context)]).toEqual([action, context, false]);
    }
  });

  test('in the pool, reaches each tenant’s', () => {
    const may = rightsIn('pooled', role);
    for (const action of actions) expect(may(action, table, keys(other))).toBe(true);
  });
});

test.each([own, 'pooled'])('users of %s write claims of its own addresses, and no tenant', (stack) => {
  const may = rightsIn(stack, 'UsersRole');
  for (const action of ['PutItem', 'DeleteItem']) {
    expect(may(action, 'Tenants', keys(`EMAIL#${stack}#ann@acme.example`))).toBe(true);
    for (const key of [own, other, `EMAIL#${other}#ann@acme.example`, 'SLUG#acme', `EMAIL#${stack}`])
      expect([key, may(action, 'Tenants', keys(key))]).toEqual([key, false]);
    expect(may(action, 'Tenants', {})).toBe(false);
  }
});
