import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leaveTenant } from '../layer/tenant-context.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { createPreToken, NoMembershipError } from './claim-membership.ts';

let engine: TestTables;
let sub: string;
let subs = 0;
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
// A handler does this itself, at the end of each invocation.
afterEach(leaveTenant);
beforeEach(() => {
  subs += 1;
  sub = `sub-${subs}`;
});

async function given({ tenant = {}, user = {} }: { tenant?: object; user?: object } = {}): Promise<void> {
  const tenantId = `tenant-of-${sub}`;
  const rows = [
    [engine.tables.TENANTS_TABLE, { tenantId, status: 'ACTIVE', stack: 'pooled', tier: 'PREMIUM', ...tenant }],
    [engine.tables.TENANT_USERS_TABLE, { tenantId, userId: sub, sub, status: 'ACTIVE', role: 'TENANT_ADMIN', ...user }],
  ] as const;
  for (const [TableName, Item] of rows) await engine.documents.send(new PutCommand({ TableName, Item }));
}

function signIn(attributes: Readonly<Record<string, string>> = {}) {
  const trigger = createPreToken({
    documents: engine.documents,
    tables: { tenants: engine.tables.TENANTS_TABLE, tenantUsers: engine.tables.TENANT_USERS_TABLE },
    stack: 'pooled',
    clock: () => new Date('2026-11-23T12:00:00Z'),
  });
  const event = { request: { userAttributes: { sub, ...attributes } }, response: {} };
  return trigger(event as unknown as PreTokenGenerationV2TriggerEvent);
}

it('writes tenant, role and tier into both tokens, from the registry', async () => {
  await given();
  const { response } = await signIn({ 'custom:tenantId': 'another', 'custom:role': 'SYSTEM_ADMIN' });
  const claims = { tenantId: `tenant-of-${sub}`, userId: sub, role: 'TENANT_ADMIN', tier: 'PREMIUM' };
  expect(response.claimsAndScopeOverrideDetails).toEqual({
    accessTokenGeneration: { claimsToAddOrOverride: claims },
    idTokenGeneration: { claimsToAddOrOverride: claims },
  });
});

it('names the user by the id that stays, where the tenant has moved and the sub is another', async () => {
  await given({ user: { userId: 'id-of-before' } });
  const { response } = await signIn();
  const { accessTokenGeneration } = response.claimsAndScopeOverrideDetails ?? {};
  expect(accessTokenGeneration?.claimsToAddOrOverride).toMatchObject({ userId: 'id-of-before' });
});

it('ends the invitation with the first token', async () => {
  await given({ user: { status: 'INVITED' } });
  await signIn();
  const Key = { tenantId: `tenant-of-${sub}`, userId: sub };
  const { Item } = await engine.documents.send(new GetCommand({ TableName: engine.tables.TENANT_USERS_TABLE, Key }));
  expect(Item).toMatchObject({ status: 'ACTIVE', updatedAt: '2026-11-23T12:00:00.000Z' });
});

describe('gives no token', () => {
  it.each([
    ['a disabled member', { user: { status: 'DISABLED' } }, 'Your account is disabled. Ask an administrator'],
    ['a member of a suspended tenant', { tenant: { status: 'SUSPENDED' } }, 'is suspended. Ask whoever pays for it'],
    ['a member of a tenant that is not active yet', { tenant: { status: 'PROVISIONING' } }, 'is not ready yet. Try'],
    ['a member of a tenant that was not made', { tenant: { status: 'FAILED' } }, 'could not be made ready. Ask'],
    ['a member of a tenant that leaves', { tenant: { status: 'OFFBOARDING' } }, 'is closed. Ask the support'],
    ['a member of a tenant of another stack', { tenant: { stack: 'silo' } }, 'has moved. Open it again.'],
  ])('to %s, and says why', async (_, state, why) => {
    await given(state);
    const refused = signIn();
    await expect(refused).rejects.toThrow(NoMembershipError);
    await expect(refused).rejects.toThrow(why);
  });

  it('to a disabled member of a suspended tenant, who is told nothing of the tenant', async () => {
    await given({ tenant: { status: 'SUSPENDED' }, user: { status: 'DISABLED' } });
    await expect(signIn()).rejects.toThrow('Your account is disabled.');
  });

  it('to somebody who is no member, or has two memberships', async () => {
    await expect(signIn()).rejects.toThrow(NoMembershipError);
    await given();
    const second = { tenantId: 'another', userId: sub, sub, status: 'ACTIVE', role: 'TENANT_ADMIN' };
    await engine.documents.send(new PutCommand({ TableName: engine.tables.TENANT_USERS_TABLE, Item: second }));
    const tenant = { tenantId: 'another', status: 'ACTIVE', stack: 'pooled', tier: 'BASIC' };
    await engine.documents.send(new PutCommand({ TableName: engine.tables.TENANTS_TABLE, Item: tenant }));
    await expect(signIn()).rejects.toThrow(NoMembershipError);
  });
});
