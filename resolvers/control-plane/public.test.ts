import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../testing/control-plane.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const put = (TableName: string, Item: Record<string, unknown>) =>
  plane.documents.send(new PutCommand({ TableName, Item }));

const registrationId = '0b0e6b0c-6a3c-4f6e-9a3e-0f6f0d9f5a11';

describe('registration', () => {
  test('shows the steps and not the administrator; unknown ids and tokens are null', async () => {
    await put(plane.tables.REGISTRATIONS_TABLE, {
      registrationId,
      tenantId: 'T1',
      companyName: 'Acme',
      slug: 'acme',
      adminEmail: 'ann@acme.example',
      adminName: 'Ann',
      tier: 'BASIC',
      status: 'REQUESTED',
      steps: [{ name: 'CLAIM_SLUG', status: 'SUCCEEDED' }],
      createdAt: '2026-11-23T10:00:00.000Z',
      updatedAt: '2026-11-23T10:00:00.000Z',
    });
    await put(plane.tables.REGISTRATIONS_TABLE, { registrationId: 'TOKEN#secret-token', names: registrationId });
    const found = await plane.ask('Query.registration', { id: registrationId }, null);
    expect(found).toMatchObject({ id: registrationId, slug: 'acme', steps: [{ name: 'CLAIM_SLUG' }] });
    expect(JSON.stringify(found)).not.toContain('ann@acme.example');
    for (const id of ['unknown', 'TOKEN#secret-token', '', 'a\u0000', 'x'.repeat(3000)]) {
      expect(await plane.ask('Query.registration', { id }, null)).toBeNull();
    }
  });

  test('a subscriber gets the registration whose id it gave, and no other', async () => {
    expect(await plane.ask('Subscription.onRegistrationProgress', { id: registrationId }, null)).toBeNull();
    expect(JSON.stringify(plane.subscriptionFilters.at(-1))).toContain(registrationId);
    const nothing = plane.ask('Subscription.onRegistrationProgress', { id: '' }, null);
    await expect(nothing).rejects.toMatchObject({ errorType: 'BadRequest' });
  });
});

describe('tenantRouting', () => {
  const pooled = {
    graphqlUrl: 'https://pooled.example/graphql',
    realtimeUrl: 'wss://pooled.example/graphql',
    region: 'us-east-1',
    userPoolId: 'pool',
    userPoolClientId: 'client',
  };

  test('a silo’s own stack as long as it is there; everyone and everything else gets the pooled one', async () => {
    const silo = { ...pooled, graphqlUrl: 'https://silo.example/graphql' };
    await put(plane.tables.TENANT_STACK_MAPPING_TABLE, { tenantId: 'pooled', stackName: 'pooled', ...pooled });
    await put(plane.tables.TENANT_STACK_MAPPING_TABLE, { tenantId: 'S1', stackName: 'silo', ...silo });
    await plane.givenTenant('S1', { slug: 'silo-one', tier: 'PLATINUM' });
    await put(plane.tables.TENANTS_TABLE, { tenantId: 'S1', listing: 'TENANT', stack: 'S1', status: 'ACTIVE' });
    await plane.givenTenant('S2', { slug: 'pooled-one' });

    expect(await plane.ask('Query.tenantRouting', { slug: 'silo-one' }, null)).toEqual({
      ...silo,
      userPoolEndpoint: null,
    });
    const answer = { ...pooled, userPoolEndpoint: null };
    expect(await plane.ask('Query.tenantRouting', { slug: 'pooled-one' }, null)).toEqual(answer);
    for (const slug of ['never-heard', '', 'A B', 'x'.repeat(5000), 'a\u0000b', 'EMAIL#pooled#x']) {
      expect(await plane.ask('Query.tenantRouting', { slug }, null)).toEqual(answer);
    }
    const leaving = (step: string, statusBefore = 'SUSPENDED') => ({
      status: 'OFFBOARDING',
      offboarding: { step, statusBefore },
    });
    const lives = [
      [{ status: 'SUSPENDED' }, silo],
      ...['SUSPEND', 'EXPORT', 'RETAIN'].map((step) => [leaving(step), silo]),
      ...['PURGE_STACK', 'PURGE_USERS', 'PURGE_RECORDS'].map((step) => [leaving(step), pooled]),
      [leaving('RETAIN', 'FAILED'), pooled],
      ...['REQUESTED', 'PROVISIONING', 'FAILED', 'OFFBOARDED'].map((status) => [{ status }, pooled]),
    ] as const;
    for (const [life, where] of lives) {
      await put(plane.tables.TENANTS_TABLE, { tenantId: 'S1', listing: 'TENANT', stack: 'S1', ...life });
      const routing = await plane.ask('Query.tenantRouting', { slug: 'silo-one' }, null);
      expect(routing, JSON.stringify(life)).toEqual({ ...where, userPoolEndpoint: null });
    }
  });
});

describe('tiers', () => {
  const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };

  test('in their order, and updateTier changes what is given', async () => {
    for (const tier of ['PLATINUM', 'STANDARD', 'BASIC', 'PREMIUM']) {
      await put(plane.tables.TIERS_TABLE, { tier, description: tier, deployment: 'POOLED', limits, shardCount: 1 });
    }
    const tiers = await plane.ask<{ tier: string }[]>('Query.tiers', {}, null);
    expect(tiers.map(({ tier }) => tier)).toEqual(['BASIC', 'STANDARD', 'PREMIUM', 'PLATINUM']);

    const input = { tier: 'BASIC', limits: { ...limits, burst: 60 } };
    const changed = await plane.ask('Mutation.updateTier', { input });
    expect(changed).toMatchObject({
      tier: { tier: 'BASIC', description: 'BASIC', limits: { burst: 60 } },
      userErrors: [],
    });
    const log = await plane.ask<{ edges: { node: object }[] }>('Query.auditLog', { filter: { action: 'updateTier' } });
    expect(log.edges.map(({ node }) => node)).toMatchObject([{ actor: 'operator-1', detail: JSON.stringify(input) }]);
  });

  test('refuses what makes no sense', async () => {
    const none = await plane.ask('Mutation.updateTier', { input: { tier: 'BASIC' } });
    expect(none).toMatchObject({ tier: null, userErrors: [{ code: 'INVALID_INPUT' }] });
    const bad = await plane.ask('Mutation.updateTier', {
      input: { tier: 'BASIC', description: '', limits: { ...limits, burst: 0 } },
    });
    expect(bad).toMatchObject({ userErrors: [{ field: 'description' }, { field: 'limits.burst' }] });
  });
});

test('publications echo their input', async () => {
  const input = { id: 'T1', name: 'Acme' };
  expect(await plane.ask('Mutation.publishTenant', { input }, null)).toEqual(input);
  expect(await plane.ask('Mutation.publishRegistration', { input }, null)).toEqual(input);
});
