import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TenantConnection } from '../../generated/control-plane.ts';
import { type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const gateOf = async (tenantId: string) =>
  (await plane.documents.send(new GetCommand({ TableName: plane.tables.GATES_TABLE, Key: { tenantId } }))).Item;

const auditOf = async (tenantId: string) =>
  (
    await plane.documents.send(
      new QueryCommand({
        TableName: plane.tables.AUDIT_LOG_TABLE,
        IndexName: 'tenantId',
        KeyConditionExpression: 'tenantId = :tenantId',
        ExpressionAttributeValues: { ':tenantId': tenantId },
      }),
    )
  ).Items ?? [];

describe('suspendTenant and activateTenant', () => {
  test('suspension closes tenant and gate at once, with an entry of who did it', async () => {
    await plane.givenTenant('T1', { slug: 'suspend-one' });
    const answer = await plane.ask('Mutation.suspendTenant', { input: { tenantId: 'T1', reason: 'Unpaid' } });
    expect(answer).toMatchObject({ tenant: { id: 'T1', status: 'SUSPENDED', version: 2 }, userErrors: [] });
    expect(await gateOf('T1')).toMatchObject({ status: 'SUSPENDED', requestsPerSecond: 50 });
    expect(await auditOf('T1')).toMatchObject([
      { action: 'suspendTenant', actor: 'operator-1', actorEmail: 'ann@example.com', detail: '{"reason":"Unpaid"}' },
    ]);
  });

  test('a repetition answers the same and leaves no second entry', async () => {
    await plane.givenTenant('T2');
    await plane.ask('Mutation.suspendTenant', { input: { tenantId: 'T2' } });
    const again = await plane.ask('Mutation.suspendTenant', { input: { tenantId: 'T2' } });
    expect(again).toMatchObject({ tenant: { status: 'SUSPENDED', version: 2 }, userErrors: [] });
    expect(await auditOf('T2')).toHaveLength(1);
  });

  test('activation opens both again', async () => {
    await plane.givenTenant('T3', { status: 'SUSPENDED' });
    const answer = await plane.ask('Mutation.activateTenant', { input: { tenantId: 'T3' } });
    expect(answer).toMatchObject({ tenant: { status: 'ACTIVE' }, userErrors: [] });
    expect(await gateOf('T3')).toMatchObject({ status: 'ACTIVE' });
  });

  test.each(['REQUESTED', 'PROVISIONING', 'FAILED', 'OFFBOARDED'] as const)(
    'a tenant that is %s is neither',
    async (status) => {
      await plane.givenTenant(`T-${status}`, { status });
      for (const field of ['suspendTenant', 'activateTenant']) {
        const answer = await plane.ask(`Mutation.${field}`, { input: { tenantId: `T-${status}` } });
        expect(answer).toMatchObject({ tenant: null, userErrors: [{ code: 'INVALID_STATE' }] });
      }
    },
  );

  test.each(['unknown', 'SLUG#suspend-one', '', 'x'.repeat(5000), 'a\u0000b'])('no tenant: %j', async (tenantId) => {
    const answer = await plane.ask('Mutation.suspendTenant', { input: { tenantId } });
    expect(answer).toMatchObject({ tenant: null, userErrors: [{ code: 'NOT_FOUND', field: 'tenantId' }] });
  });

  test('nobody without an operator’s identity', async () => {
    await plane.givenTenant('T4');
    const suspension = plane.ask('Mutation.suspendTenant', { input: { tenantId: 'T4' } }, null);
    await expect(suspension).rejects.toMatchObject({ errorType: 'Unauthorized' });
    expect(await gateOf('T4')).toMatchObject({ status: 'ACTIVE' });
  });
});

describe('setTenantLimits', () => {
  const own = { requestsPerSecond: 10, burst: 4, requestsPerDay: 100, requestsPerMonth: 2000 };

  test('tenant and gate get the limits; null returns the tier’s', async () => {
    await plane.givenTenant('L1', { tier: 'STANDARD' });
    await plane.documents.send(
      new PutCommand({
        TableName: plane.tables.TIERS_TABLE,
        Item: {
          tier: 'STANDARD',
          description: 'Standard',
          deployment: 'POOLED',
          limits: { requestsPerSecond: 75, burst: 100, requestsPerDay: 3000, requestsPerMonth: 90000 },
          shardCount: 1,
        },
      }),
    );
    const changed = await plane.ask('Mutation.setTenantLimits', { input: { tenantId: 'L1', limits: own } });
    expect(changed).toMatchObject({ tenant: { limits: own, hasOwnLimits: true, version: 2 }, userErrors: [] });
    expect(await gateOf('L1')).toMatchObject({ ...own, requestInterval: 100000, idleOffset: 200000, status: 'ACTIVE' });

    const returned = await plane.ask('Mutation.setTenantLimits', { input: { tenantId: 'L1', limits: null } });
    expect(returned).toMatchObject({ tenant: { limits: { requestsPerSecond: 75 }, hasOwnLimits: false } });
    expect(await gateOf('L1')).toMatchObject({ requestsPerSecond: 75, burst: 100 });
  });

  test('everything that is wrong is said at once', async () => {
    await plane.givenTenant('L2');
    const limits = { requestsPerSecond: 0, burst: -1, requestsPerDay: 100, requestsPerMonth: 50 };
    const answer = await plane.ask('Mutation.setTenantLimits', { input: { tenantId: 'L2', limits } });
    expect(answer['tenant']).toBeNull();
    expect((answer['userErrors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'limits.requestsPerSecond',
      'limits.burst',
      'limits.requestsPerMonth',
    ]);
  });

  test('a tenant without a gate yet has to wait', async () => {
    await plane.givenTenant('L3', { status: 'PROVISIONING' });
    const answer = await plane.ask('Mutation.setTenantLimits', { input: { tenantId: 'L3', limits: own } });
    expect(answer).toMatchObject({ tenant: null, userErrors: [{ code: 'INVALID_STATE' }] });
  });
});

describe('updateTenant', () => {
  beforeEach(() => plane.givenTenant('U1'));
  const update = (input: object) => plane.ask('Mutation.updateTenant', { input: { tenantId: 'U1', ...input } });

  test('changes what is given and nothing else', async () => {
    expect(await update({ name: '  Åcme 🚀 ' })).toMatchObject({
      tenant: { name: 'Åcme 🚀', currency: 'USD', version: 2 },
    });
    expect(await update({ currency: 'EUR' })).toMatchObject({
      tenant: { name: 'Åcme 🚀', currency: 'EUR', version: 3 },
    });
  });

  test('a version that is not the tenant’s is a conflict, and nothing changes', async () => {
    const answer = await update({ name: 'Other', expectedVersion: 7 });
    expect(answer).toMatchObject({
      tenant: null,
      userErrors: [{ code: 'VERSION_CONFLICT', field: 'expectedVersion' }],
    });
    expect(await plane.ask('Query.tenant', { id: 'U1' })).toMatchObject({ name: 'Company U1', version: 1 });
  });

  test.each([
    [{ name: '   ' }, ['name']],
    [{ name: 'a\u0000b', currency: 'eur' }, ['name', 'currency']],
    [{ name: 'x'.repeat(400_000) }, ['name']],
    [{ currency: 'EURO' }, ['currency']],
    [{}, [null]],
    [{ name: null, currency: null, expectedVersion: 1 }, [null]],
  ])('invalid %#', async (input, fields) => {
    const answer = await update(input);
    expect((answer['userErrors'] as { field: string | null }[]).map(({ field }) => field)).toEqual(fields);
  });

  test('an item of the table that is no tenant is not found', async () => {
    const answer = await update({ tenantId: 'nobody', name: 'X' });
    expect(answer).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

describe('tenants', () => {
  test('pages by slug, with filters, each tenant once', async () => {
    const slugs = Array.from({ length: 25 }, (_, index) => `page-${String(index).padStart(2, '0')}`);
    for (const [index, slug] of slugs.entries()) {
      await plane.givenTenant(`P${index}`, { slug, tier: index % 2 ? 'PREMIUM' : 'BASIC' });
    }
    expect(await walk({ slugPrefix: 'page-' }, 10)).toEqual(slugs);
    expect(await walk({ slugPrefix: 'page-', tier: 'PREMIUM' }, 4)).toEqual(slugs.filter((_, index) => index % 2));
    expect(await walk({ slugPrefix: 'nothing' }, 4)).toEqual([]);
    expect((await walk({}, 7)).filter((slug) => slug.startsWith('page-'))).toEqual(slugs);
  });

  test('first is capped at 100 and not below 1; a cursor is good for its own list only', async () => {
    await expect(plane.ask('Query.tenants', { first: 0 })).rejects.toMatchObject({ errorType: 'BadRequest' });
    await expect(plane.ask('Query.tenants', { after: 'junk' })).rejects.toMatchObject({ errorType: 'BadRequest' });
    const page = await plane.ask<TenantConnection>('Query.tenants', { filter: { slugPrefix: 'page-' }, first: 2 });
    const after = page.pageInfo.endCursor ?? '';
    await expect(plane.ask('Query.tenants', { after })).rejects.toMatchObject({ errorType: 'BadRequest' });
    expect(await plane.ask('Query.tenants', { first: 5000 })).toHaveProperty('edges');
  });

  async function walk(filter: object, first: number): Promise<string[]> {
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: TenantConnection = await plane.ask('Query.tenants', { filter: { ...filter }, first, after });
      expect(page.edges.length).toBeLessThanOrEqual(first);
      found.push(...page.edges.map(({ node }) => node.slug));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor ?? null : null;
    } while (after);
    return found;
  }
});

test('tenant: null for what is unknown or no tenant', async () => {
  await plane.givenTenant('Q1', { slug: 'query-one' });
  expect(await plane.ask('Query.tenant', { id: 'Q1' })).toMatchObject({ id: 'Q1', slug: 'query-one', failure: null });
  expect(await plane.ask('Query.tenant', { id: 'nobody' })).toBeNull();
  expect(await plane.ask('Query.tenant', { id: 'SLUG#query-one' })).toBeNull();
});
