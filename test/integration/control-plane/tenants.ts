import { beforeAll, describe, expect, test } from 'vitest';
import type { Tenant, TierSettings } from '../../../generated/control-plane.ts';
import { aCompany, aRegistration, type Company, publicHeaders, register, untilOnboarded } from '../../support/given.ts';
import { graphql, graphqlData } from '../../support/graphql.ts';
import { errorsOf } from '../../support/mutate.ts';
import { shopOf } from '../../support/shop.ts';
import type { Scene } from '../scene.ts';
import { type Operations, operationsOf } from './operate.ts';

const tenantFields =
  'tenant { id name currency status version hasOwnLimits limits { requestsPerSecond burst requestsPerDay requestsPerMonth } }';

/** Operators and the companies that have signed up. */
export function tenantFlows(scene: () => Scene): void {
  let operate: Operations;
  beforeAll(async () => {
    operate = await operationsOf(scene());
  });
  const me = async ({ admin }: Company) => {
    const { data, errors } = await shopOf(scene().outputs, admin).ask('{ me { email } }');
    return errors[0]?.errorType ?? data;
  };

  describe('the list of tenants', () => {
    const slugs = ['listed-anvils', 'listed-bolts', 'listed-cogs', 'listed-drills', 'listed-anvils-2'];
    beforeAll(async () => {
      const registrations = slugs.map((slug, index) => aRegistration({ slug, tier: index % 2 ? 'PREMIUM' : 'BASIC' }));
      for (const input of registrations) {
        const { registration } = await register(scene().outputs, input);
        await untilOnboarded(scene().outputs, registration?.id ?? '');
      }
    }, 60_000);
    const slugsOf = (page: Awaited<ReturnType<Operations['tenants']>>) => page.edges.map(({ node }) => node.slug);

    test('comes page by page, in the order of slugs, each tenant once', async () => {
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await operate.tenants({ slugPrefix: 'listed-' }, 2, after);
        seen.push(...slugsOf(page));
        expect(page.edges.length).toBeLessThanOrEqual(2);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        expect([page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([
          page.edges[0]?.cursor,
          page.edges.at(-1)?.cursor,
        ]);
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor ?? null;
      }
      expect(seen).toEqual([...slugs].sort());
    });

    test('is narrowed by tier, status and the start of a slug', async () => {
      expect(slugsOf(await operate.tenants({ slugPrefix: 'listed-', tier: 'PREMIUM' }))).toEqual([
        'listed-bolts',
        'listed-drills',
      ]);
      expect(slugsOf(await operate.tenants({ slugPrefix: 'listed-anvils' }))).toEqual([
        'listed-anvils',
        'listed-anvils-2',
      ]);
      expect(slugsOf(await operate.tenants({ slugPrefix: 'listed-', status: 'SUSPENDED' }))).toEqual([]);
      const filtered = await operate.tenants({ slugPrefix: 'listed-', tier: 'BASIC' }, 2);
      const rest = await operate.tenants({ slugPrefix: 'listed-', tier: 'BASIC' }, 2, filtered.pageInfo.endCursor);
      expect([slugsOf(filtered), slugsOf(rest)]).toEqual([['listed-anvils', 'listed-anvils-2'], ['listed-cogs']]);
    });

    test('takes no cursor of another list, and no page of nothing', async () => {
      const { pageInfo } = await operate.tenants({ slugPrefix: 'listed-' }, 1);
      const cursor = pageInfo.endCursor ?? '';
      for (const list of [
        `tenants(after: "${cursor}")`,
        `auditLog(after: "${cursor}")`,
        'tenants(after: "made up")',
        'tenants(first: 0)',
        'tenants(first: -1)',
      ]) {
        expect([list, await operate.refusal(`{ ${list} { edges { cursor } } }`)]).toEqual([list, 'BadRequest']);
      }
    });
  });

  describe('a tenant', () => {
    let company: Company;
    beforeAll(async () => {
      company = await aCompany(scene().outputs, { companyName: 'Changing Ltd' });
    }, 60_000);

    test('is shown whole, and what is none is null', async () => {
      const query = `query T($id: ID!) { tenant(id: $id) {
        id name slug tier status deployment stack adminEmail currency hasOwnLimits userPoolId version
        limits { requestsPerSecond burst requestsPerDay requestsPerMonth }
      } }`;
      expect(await operate.ask(query, { id: company.tenantId })).toEqual({
        tenant: {
          id: company.tenantId,
          name: 'Changing Ltd',
          slug: company.slug,
          tier: 'BASIC',
          status: 'ACTIVE',
          deployment: 'POOLED',
          stack: 'pooled',
          adminEmail: company.admin.email,
          currency: 'USD',
          hasOwnLimits: false,
          userPoolId: scene().outputs.pooled.userPoolId,
          version: expect.any(Number) as number,
          limits: { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30_000 },
        },
      });
      for (const id of ['none', `SLUG#${company.slug}`, ''])
        expect(await operate.ask(query, { id })).toEqual({ tenant: null });
    });

    test('is renamed by the version that was read, and by no older one', async () => {
      const { tenantId } = company;
      const version = (
        await operate.ask<{ tenant: Tenant }>('query V($id: ID!) { tenant(id: $id) { version } }', { id: tenantId })
      ).tenant.version;
      const change = { tenantId, name: ' Changed Ltd ', currency: 'EUR', expectedVersion: version };
      const changed = await operate.mutate<Tenant>('updateTenant', change, tenantFields);
      expect(changed).toMatchObject({
        tenant: { name: 'Changed Ltd', currency: 'EUR', version: version + 1 },
        userErrors: [],
      });
      const again = await operate.mutate('updateTenant', { ...change, name: 'Too late' }, tenantFields);
      expect([again['tenant'], errorsOf(again)]).toEqual([null, ['VERSION_CONFLICT expectedVersion']]);
      expect(errorsOf(await operate.mutate('updateTenant', { tenantId, currency: 'euro' }, tenantFields))).toEqual([
        'INVALID_INPUT currency',
      ]);
      const { data } = await shopOf(scene().outputs, company.admin).ask('{ tenant { name currency } }');
      expect(data).toEqual({ tenant: { name: 'Changed Ltd', currency: 'EUR' } });
    });

    test('is suspended and activated, from the next request on', async () => {
      const { tenantId } = company;
      expect(await me(company)).toEqual({ me: { email: company.admin.email } });
      expect(await operate.mutate('suspendTenant', { tenantId, reason: 'unpaid' }, 'tenant { status }')).toMatchObject({
        tenant: { status: 'SUSPENDED' },
        userErrors: [],
      });
      expect(await me(company)).toBe('TenantSuspended');
      expect((await operate.tenants({ status: 'SUSPENDED' })).edges.map(({ node }) => node.id)).toEqual([tenantId]);
      expect(await operate.mutate('activateTenant', { tenantId }, 'tenant { status }')).toMatchObject({
        tenant: { status: 'ACTIVE' },
        userErrors: [],
      });
      expect(await me(company)).toEqual({ me: { email: company.admin.email } });
    });

    test('has limits of its own from the next request on, and its tier’s again', async () => {
      const { tenantId } = company;
      const limits = { requestsPerSecond: 1, burst: 1, requestsPerDay: 500, requestsPerMonth: 5000 };
      const set = (given: object | null) =>
        operate.mutate<Tenant>('setTenantLimits', { tenantId, limits: given }, tenantFields);
      expect(await set(limits)).toMatchObject({ tenant: { hasOwnLimits: true, limits }, userErrors: [] });
      const answers = [await me(company), await me(company)];
      expect(answers).toContain('TooManyRequests');

      expect(await set({ ...limits, requestsPerSecond: 50, burst: 50, requestsPerDay: 1 })).toMatchObject({
        userErrors: [],
      });
      expect(await me(company)).toBe('QuotaExceeded');
      expect(errorsOf(await set({ ...limits, burst: 0 }))).toEqual(['INVALID_INPUT limits.burst']);
      expect(await me(company)).toBe('QuotaExceeded');

      expect(await set(null)).toMatchObject({
        tenant: { hasOwnLimits: false, limits: { requestsPerSecond: 50, requestsPerDay: 1000 } },
        userErrors: [],
      });
      expect(await me(company)).toEqual({ me: { email: company.admin.email } });
    });
  });

  test('a tier’s settings are for the tenants that come to it from now on', async () => {
    const before = await aCompany(scene().outputs, { tier: 'STANDARD' });
    const limits = { requestsPerSecond: 76, burst: 101, requestsPerDay: 3001, requestsPerMonth: 90_031 };
    const input = { tier: 'STANDARD', description: 'More of everything', limits };
    const tierFields = 'tier { tier description limits { requestsPerSecond burst requestsPerDay requestsPerMonth } }';
    expect(await operate.mutate<TierSettings>('updateTier', input, tierFields)).toMatchObject({
      tier: input,
      userErrors: [],
    });
    const after = await aCompany(scene().outputs, { tier: 'STANDARD' });
    const limitsOf = async (id: string) =>
      (
        await operate.ask<{ tenant: Tenant }>(
          'query L($id: ID!) { tenant(id: $id) { limits { requestsPerSecond burst requestsPerDay requestsPerMonth } } }',
          { id },
        )
      ).tenant.limits;
    expect(await limitsOf(after.tenantId)).toEqual(limits);
    expect(await limitsOf(before.tenantId)).toMatchObject({ requestsPerSecond: 75, requestsPerDay: 3000 });

    const { controlPlane } = scene().outputs;
    const { tiers } = await graphqlData<{ tiers: TierSettings[] }>(
      controlPlane.graphqlUrl,
      publicHeaders(scene().outputs),
      '{ tiers { tier description deployment shardCount limits { requestsPerDay } } }',
    );
    expect(tiers.map(({ tier, deployment, shardCount }) => [tier, deployment, shardCount])).toEqual([
      ['BASIC', 'POOLED', 1],
      ['STANDARD', 'POOLED', 1],
      ['PREMIUM', 'POOLED', 2],
      ['PLATINUM', 'SILO', 2],
    ]);
    expect(tiers[1]).toMatchObject({ description: 'More of everything', limits: { requestsPerDay: 3001 } });
  });

  test('routing tells no known slug from an unknown one', async () => {
    const { slug } = await aCompany(scene().outputs);
    const { controlPlane, pooled, region, endpoint } = scene().outputs;
    const route = (of: string) =>
      graphql(
        controlPlane.graphqlUrl,
        publicHeaders(scene().outputs),
        'query R($slug: String!) { tenantRouting(slug: $slug) { graphqlUrl realtimeUrl region userPoolId userPoolClientId userPoolEndpoint } }',
        { slug: of },
      );
    const known = await route(slug);
    expect(known).toEqual({
      status: 200,
      errors: [],
      data: {
        tenantRouting: {
          graphqlUrl: pooled.graphqlUrl,
          realtimeUrl: pooled.realtimeUrl,
          region,
          userPoolId: pooled.userPoolId,
          userPoolClientId: pooled.userPoolClientId,
          userPoolEndpoint: expect.stringContaining(endpoint) as string,
        },
      },
    });
    for (const unknown of ['never-registered', 'X', '', 'x'.repeat(5000), 'SLUG#a']) {
      expect(await route(unknown)).toEqual(known);
    }
  });
}
