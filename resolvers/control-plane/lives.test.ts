import { DeleteCommand, GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tierDefaults } from '../../functions/tier-defaults/tiers.ts';
import { type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  for (const Item of tierDefaults) {
    await plane.documents.send(new PutCommand({ TableName: plane.tables.TIERS_TABLE, Item: { ...Item } }));
  }
});
afterAll(() => plane.stop());

const read = async (TableName: string, tenantId: string) =>
  (await plane.documents.send(new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }))).Item;
const gateOf = (tenantId: string) => read(plane.tables.GATES_TABLE, tenantId);
const tenantOf = (tenantId: string) => read(plane.tables.TENANTS_TABLE, tenantId);
const transitionOf = (tenantId: string) => read(plane.tables.TRANSITIONS_TABLE, tenantId);
const set = (TableName: string, tenantId: string, name: string, value: unknown) =>
  plane.documents.send(
    new UpdateCommand({
      TableName,
      Key: { tenantId },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
async function actionsOn(tenantId: string): Promise<string[]> {
  const { Items = [] } = await plane.documents.send(
    new QueryCommand({
      TableName: plane.tables.AUDIT_LOG_TABLE,
      IndexName: 'tenantId',
      KeyConditionExpression: 'tenantId = :tenantId',
      ExpressionAttributeValues: { ':tenantId': tenantId },
    }),
  );
  return Items.map(({ action }) => String(action));
}

let count = 0;
let tenantId: string;
let slug: string;
beforeEach(() => {
  count += 1;
  tenantId = `LIFE${count}`;
  slug = `life-${count}`;
});
const ask = (field: string, input: object) => plane.ask(`Mutation.${field}`, { input: { tenantId, ...input } });
const offboard = (more: object = {}) => ask('offboardTenant', { confirmSlug: slug, ...more });

describe('offboardTenant', () => {
  test('closes tenant and gate, and begins, in one transaction', async () => {
    await plane.givenTenant(tenantId, { slug });
    const answer = await offboard({ retentionDays: 7 });
    expect(answer).toMatchObject({
      tenant: { id: tenantId, status: 'OFFBOARDING', version: 2, offboarding: { step: 'SUSPEND' } },
      userErrors: [],
    });
    const { requestedAt, purgeAt } = (answer as unknown as { tenant: { offboarding: Record<string, string> } }).tenant
      .offboarding;
    expect(Date.parse(purgeAt ?? '') - Date.parse(requestedAt ?? '')).toBe(7 * 24 * 60 * 60 * 1000);
    expect(await gateOf(tenantId)).toMatchObject({ status: 'SUSPENDED' });
    expect(await transitionOf(tenantId)).toMatchObject({
      kind: 'OFFBOARDING',
      step: 'SUSPEND',
      statusBefore: 'ACTIVE',
      agenda: 'DUE',
      dueAt: requestedAt,
      purgeAt,
      fromStack: 'pooled',
      startedBy: 'operator-1',
      files: [],
    });
    expect(await actionsOn(tenantId)).toEqual(['offboardTenant']);
  });

  test('keeps everything for thirty days if nothing else is said', async () => {
    await plane.givenTenant(tenantId, { slug });
    await offboard();
    const { startedAt, purgeAt } = (await transitionOf(tenantId)) as Record<string, string>;
    expect(Date.parse(purgeAt ?? '') - Date.parse(startedAt ?? '')).toBe(30 * 24 * 60 * 60 * 1000);
  });

  test.each(['', 'Life', 'another-slug'])(
    'with %j typed in place of the slug, nothing happens',
    async (confirmSlug) => {
      await plane.givenTenant(tenantId, { slug });
      expect(await offboard({ confirmSlug })).toMatchObject({
        tenant: null,
        userErrors: [{ code: 'INVALID_INPUT', field: 'confirmSlug' }],
      });
      expect(await tenantOf(tenantId)).toMatchObject({ status: 'ACTIVE', version: 1 });
      expect(await gateOf(tenantId)).toMatchObject({ status: 'ACTIVE' });
      expect(await transitionOf(tenantId)).toBeUndefined();
    },
  );

  test.each([-1, 366])('%i days of retention are refused', async (retentionDays) => {
    await plane.givenTenant(tenantId, { slug });
    expect(await offboard({ retentionDays })).toMatchObject({ userErrors: [{ field: 'retentionDays' }] });
    expect(await transitionOf(tenantId)).toBeUndefined();
  });

  test('a repetition answers the same and begins nothing', async () => {
    await plane.givenTenant(tenantId, { slug });
    await offboard();
    const first = await transitionOf(tenantId);
    expect(await offboard({ retentionDays: 0 })).toMatchObject({ tenant: { status: 'OFFBOARDING', version: 2 } });
    expect(await transitionOf(tenantId)).toEqual(first);
    expect(await actionsOn(tenantId)).toEqual(['offboardTenant']);
  });

  test.each(['REQUESTED', 'PROVISIONING', 'OFFBOARDED'] as const)('one that is %s is not', async (status) => {
    await plane.givenTenant(tenantId, { slug, status });
    expect(await offboard()).toMatchObject({ tenant: null, userErrors: [{ code: 'INVALID_STATE' }] });
    expect(await transitionOf(tenantId)).toBeUndefined();
  });

  test('one whose onboarding failed is, though it has no gate', async () => {
    await plane.givenTenant(tenantId, { slug, status: 'FAILED' });
    expect(await offboard()).toMatchObject({ tenant: { status: 'OFFBOARDING' } });
    expect(await gateOf(tenantId)).toBeUndefined();
  });

  test('one that is being moved is not', async () => {
    await plane.givenTenant(tenantId, { slug });
    await set(plane.tables.TENANTS_TABLE, tenantId, 'move', { status: 'RUNNING', toTier: 'PLATINUM' });
    expect(await offboard()).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  });

  test('nobody is found where nobody is', async () => {
    expect(await offboard()).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    tenantId = `SLUG#${slug}`;
    expect(await offboard()).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('cancelOffboarding', () => {
  test.each(['ACTIVE', 'SUSPENDED'] as const)('a tenant that was %s is so again, its gate too', async (status) => {
    await plane.givenTenant(tenantId, { slug, status });
    await offboard();
    const answer = await ask('cancelOffboarding', {});
    expect(answer).toMatchObject({ tenant: { status, offboarding: null, version: 3 }, userErrors: [] });
    expect(await gateOf(tenantId)).toMatchObject({ status });
    expect(await transitionOf(tenantId)).toBeUndefined();
    expect(await actionsOn(tenantId)).toEqual(['offboardTenant', 'cancelOffboarding']);
  });

  test.each(['EXPORT', 'RETAIN'])('works while the step is %s', async (step) => {
    await plane.givenTenant(tenantId, { slug });
    await offboard();
    await set(plane.tables.TRANSITIONS_TABLE, tenantId, 'step', step);
    expect(await ask('cancelOffboarding', {})).toMatchObject({ tenant: { status: 'ACTIVE' } });
  });

  test.each(['PURGE_STACK', 'PURGE_DATA', 'PURGE_USERS', 'PURGE_RECORDS'])('is too late at %s', async (step) => {
    await plane.givenTenant(tenantId, { slug });
    await offboard();
    await set(plane.tables.TRANSITIONS_TABLE, tenantId, 'step', step);
    expect(await ask('cancelOffboarding', {})).toMatchObject({
      tenant: null,
      userErrors: [{ code: 'INVALID_STATE', message: expect.stringContaining('has begun') as unknown }],
    });
    expect(await tenantOf(tenantId)).toMatchObject({ status: 'OFFBOARDING' });
    expect(await gateOf(tenantId)).toMatchObject({ status: 'SUSPENDED' });
  });

  test('of a tenant that is not being offboarded says so', async () => {
    await plane.givenTenant(tenantId, { slug });
    expect(await ask('cancelOffboarding', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  });

  test('after it, the tenant can be offboarded anew', async () => {
    await plane.givenTenant(tenantId, { slug });
    await offboard();
    await ask('cancelOffboarding', {});
    expect(await offboard()).toMatchObject({ tenant: { status: 'OFFBOARDING' } });
  });
});

describe('setTenantTier within the pool', () => {
  const premium = tierDefaults.find(({ tier }) => tier === 'PREMIUM');

  test('gives tier and limits to tenant and gate at once; the data stays in its shards', async () => {
    await plane.givenTenant(tenantId, { slug });
    const answer = await ask('setTenantTier', { tier: 'PREMIUM' });
    expect(answer).toMatchObject({ tenant: { tier: 'PREMIUM', limits: premium?.limits, version: 2 }, userErrors: [] });
    expect(await tenantOf(tenantId)).toMatchObject({ shardCount: 1 });
    expect(await gateOf(tenantId)).toMatchObject({ requestsPerSecond: 100, burst: 200, status: 'ACTIVE' });
    expect(await actionsOn(tenantId)).toEqual(['setTenantTier']);
  });

  test('a tenant keeps limits of its own', async () => {
    await plane.givenTenant(tenantId, { slug });
    await set(plane.tables.TENANTS_TABLE, tenantId, 'hasOwnLimits', true);
    const answer = await ask('setTenantTier', { tier: 'STANDARD' });
    expect(answer).toMatchObject({ tenant: { tier: 'STANDARD', limits: { requestsPerSecond: 50 } } });
    expect(await gateOf(tenantId)).toMatchObject({ requestsPerSecond: 50 });
  });

  test('limits that are given at the same moment are kept, or refused', async () => {
    const limits = { requestsPerSecond: 7, burst: 8, requestsPerDay: 9000, requestsPerMonth: 90_000 };
    for (let round = 0; round < 10; round += 1) {
      tenantId = `LIFE${count}x${round}`;
      await plane.givenTenant(tenantId, { slug: `${slug}-${round}` });
      await set(plane.tables.TENANTS_TABLE, tenantId, 'hasOwnLimits', true);
      const [, given] = await Promise.all([
        ask('setTenantTier', { tier: 'STANDARD' }),
        ask('setTenantLimits', { limits }),
      ]);
      const { userErrors } = given as { readonly userErrors: readonly unknown[] };
      const kept = userErrors.length === 0 ? limits : { requestsPerSecond: 50 };
      expect(await tenantOf(tenantId)).toMatchObject({ limits: kept });
      expect(await gateOf(tenantId)).toMatchObject(kept);
    }
  });

  test('a suspended tenant stays suspended', async () => {
    await plane.givenTenant(tenantId, { slug, status: 'SUSPENDED' });
    expect(await ask('setTenantTier', { tier: 'STANDARD' })).toMatchObject({ tenant: { status: 'SUSPENDED' } });
    expect(await gateOf(tenantId)).toMatchObject({ status: 'SUSPENDED', requestsPerSecond: 75 });
  });

  test('the tier that it has changes nothing', async () => {
    await plane.givenTenant(tenantId, { slug });
    expect(await ask('setTenantTier', { tier: 'BASIC' })).toMatchObject({ tenant: { version: 1 }, userErrors: [] });
    expect(await actionsOn(tenantId)).toEqual([]);
  });

  test('a call sent again with its token does nothing, even after another change', async () => {
    await plane.givenTenant(tenantId, { slug });
    const call = { tier: 'PREMIUM', clientToken: 'token-of-this-call' };
    await ask('setTenantTier', call);
    await ask('setTenantTier', { tier: 'STANDARD', clientToken: 'another-token' });
    expect(await ask('setTenantTier', call)).toMatchObject({
      tenant: { tier: 'STANDARD', version: 3 },
      userErrors: [],
    });
    expect(await actionsOn(tenantId)).toEqual(['setTenantTier', 'setTenantTier']);
    expect(await ask('setTenantTier', { tier: 'BASIC', clientToken: 'short' })).toMatchObject({
      userErrors: [{ field: 'clientToken' }],
    });
  });

  test.each(['REQUESTED', 'FAILED', 'OFFBOARDING'] as const)('one that is %s keeps its tier', async (status) => {
    await plane.givenTenant(tenantId, { slug, status });
    expect(await ask('setTenantTier', { tier: 'PREMIUM' })).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  });

  test('what is changed at the same moment is refused, never half made', async () => {
    await plane.givenTenant(tenantId, { slug });
    await plane.documents.send(new DeleteCommand({ TableName: plane.tables.GATES_TABLE, Key: { tenantId } }));
    await expect(ask('setTenantTier', { tier: 'PREMIUM' })).rejects.toThrow();
    expect(await tenantOf(tenantId)).toMatchObject({ tier: 'BASIC', version: 1 });
  });
});

describe('setTenantTier to a stack of its own', () => {
  const move = () => ask('setTenantTier', { tier: 'PLATINUM', clientToken: `token-of-${tenantId}` });
  const platinum = tierDefaults.find(({ tier }) => tier === 'PLATINUM');
  const at = async (step: string, status: string) => {
    await set(plane.tables.TRANSITIONS_TABLE, tenantId, 'step', step);
    await set(plane.tables.TENANTS_TABLE, tenantId, 'move', { ...(await tenantOf(tenantId))?.['move'], status });
  };

  test('begins a move and changes nothing else; sent again, it begins nothing', async () => {
    await plane.givenTenant(tenantId, { slug });
    expect(await move()).toMatchObject({
      tenant: { tier: 'BASIC', stack: 'pooled', move: { status: 'RUNNING', step: 'PROVISION', toStack: tenantId } },
      userErrors: [],
    });
    const begun = await transitionOf(tenantId);
    expect(begun).toMatchObject({
      ...{ kind: 'MOVE', step: 'PROVISION', fromStack: 'pooled', toStack: tenantId, isReturn: false },
      ...{ fromTier: 'BASIC', toTier: 'PLATINUM', toLimits: platinum?.limits, revision: 1, agenda: 'DUE' },
    });
    expect(await move()).toMatchObject({ userErrors: [] });
    expect(await transitionOf(tenantId)).toEqual(begun);
    expect(await actionsOn(tenantId)).toEqual(['setTenantTier']);
    expect(await ask('setTenantTier', { tier: 'PREMIUM' })).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  });

  test('confirmMove is told once, when it is waited for', async () => {
    await plane.givenTenant(tenantId, { slug });
    expect(await ask('confirmMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    await move();
    expect(await ask('confirmMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    await at('CONFIRM', 'WAITING_FOR_CONFIRMATION');
    expect(await ask('confirmMove', {})).toMatchObject({ tenant: { id: tenantId }, userErrors: [] });
    expect(await transitionOf(tenantId)).toMatchObject({ confirmedBy: 'operator-1', revision: 2 });
    expect(await ask('confirmMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    expect(await ask('revertMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    expect(await actionsOn(tenantId)).toEqual(['setTenantTier', 'confirmMove']);
  });

  test.each([
    ['COPY_DATA', 'RUNNING'],
    ['CONFIRM', 'WAITING_FOR_CONFIRMATION'],
  ])('revertMove is told at %s, once', async (step, status) => {
    await plane.givenTenant(tenantId, { slug });
    await move();
    await at(step, status);
    expect(await ask('revertMove', {})).toMatchObject({ tenant: { id: tenantId }, userErrors: [] });
    expect(await transitionOf(tenantId)).toMatchObject({ revertBy: 'operator-1', revision: 2 });
    expect(await ask('revertMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
    expect(await ask('confirmMove', {})).toMatchObject({ userErrors: [{ code: 'INVALID_STATE' }] });
  });

  test('nobody moves where nobody is', async () => {
    expect(await ask('confirmMove', {})).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await ask('revertMove', {})).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});
