import { beforeAll, describe, expect, test } from 'vitest';
import { anOperator, type Person, publicHeaders } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { aColleague, aSupporter } from '../support/people.ts';
import { leavesNoTrace, missing, type Scene } from './scene.ts';

type Headers = Readonly<Record<string, string>>;

const limits = '{requestsPerSecond: 1000, burst: 1000, requestsPerDay: 100000, requestsPerMonth: 1000000}';
const person = 'email: "mallory@evil.example", name: "Mallory"';

/** Field and a selection that would show something. */
const operatorQueries = [
  ['tenants', 'tenants { edges { node { slug } } }'],
  ['tenant', 'tenant(id: "ID") { slug }'],
  ['tenantUsers', 'tenantUsers(tenantId: "ID") { edges { node { email } } }'],
  ['auditLog', 'auditLog { edges { node { action } } }'],
] as const;
const systemAdminQueries = [
  ['operators', 'operators { edges { node { email } } }'],
  ['operator', 'operator(id: "ID") { email }'],
] as const;
const systemAdminMutations = [
  ['updateTenant', 'updateTenant(input: {tenantId: "ID", name: "Mallory"}) { userErrors { code } }'],
  ['setTenantLimits', `setTenantLimits(input: {tenantId: "ID", limits: ${limits}}) { userErrors { code } }`],
  ['suspendTenant', 'suspendTenant(input: {tenantId: "ID"}) { userErrors { code } }'],
  ['activateTenant', 'activateTenant(input: {tenantId: "ID"}) { userErrors { code } }'],
  ['setTenantTier', 'setTenantTier(input: {tenantId: "ID", tier: PREMIUM}) { userErrors { code } }'],
  [
    'offboardTenant',
    'offboardTenant(input: {tenantId: "ID", confirmSlug: "s", retentionDays: 0}) { userErrors { code } }',
  ],
  ['cancelOffboarding', 'cancelOffboarding(input: {tenantId: "ID"}) { userErrors { code } }'],
  ['confirmMove', 'confirmMove(input: {tenantId: "ID"}) { userErrors { code } }'],
  ['revertMove', 'revertMove(input: {tenantId: "ID"}) { userErrors { code } }'],
  [
    'createTenantUser',
    `createTenantUser(input: {tenantId: "ID", ${person}, role: TENANT_ADMIN}) { userErrors { code } }`,
  ],
  ['updateTenantUser', 'updateTenantUser(input: {tenantId: "ID", id: "ID", name: "M"}) { userErrors { code } }'],
  ['disableTenantUser', 'disableTenantUser(input: {tenantId: "ID", id: "ID"}) { userErrors { code } }'],
  ['enableTenantUser', 'enableTenantUser(input: {tenantId: "ID", id: "ID"}) { userErrors { code } }'],
  [
    'resendTenantUserInvitation',
    'resendTenantUserInvitation(input: {tenantId: "ID", id: "ID"}) { userErrors { code } }',
  ],
  ['disableTenantUsers', 'disableTenantUsers(input: {tenantId: "ID"}) { count userErrors { code } }'],
  ['enableTenantUsers', 'enableTenantUsers(input: {tenantId: "ID"}) { count userErrors { code } }'],
  ['createOperator', `createOperator(input: {${person}, role: SYSTEM_ADMIN}) { userErrors { code } }`],
  ['updateOperator', 'updateOperator(input: {id: "ID", role: SYSTEM_ADMIN}) { userErrors { code } }'],
  ['disableOperator', 'disableOperator(input: {id: "ID"}) { userErrors { code } }'],
  ['enableOperator', 'enableOperator(input: {id: "ID"}) { userErrors { code } }'],
  ['resendOperatorInvitation', 'resendOperatorInvitation(input: {id: "ID"}) { userErrors { code } }'],
  ['updateTier', `updateTier(input: {tier: BASIC, limits: ${limits}}) { userErrors { code } }`],
] as const;
const moment = '"2026-01-01T00:00:00Z"';
const systemMutations = [
  [
    'publishTenant',
    `publishTenant(input: {id: "ID", name: "M", slug: "mmm", tier: BASIC, status: ACTIVE, deployment: POOLED, stack: "pooled", adminEmail: "a@b.example", currency: "USD", limits: ${limits}, hasOwnLimits: false, version: 1, createdAt: ${moment}, updatedAt: ${moment}}) { id }`,
  ],
  [
    'publishRegistration',
    `publishRegistration(input: {id: "ID", tenantId: "ID", companyName: "M", slug: "mmm", tier: BASIC, status: ACTIVE, steps: [], createdAt: ${moment}, updatedAt: ${moment}}) { id }`,
  ],
] as const;
const tenantAdminFields = [
  ['query', 'users', 'users { edges { node { email } } }'],
  ['query', 'user', 'user(id: "ID") { email }'],
  ['mutation', 'createUser', `createUser(input: {${person}, role: TENANT_ADMIN}) { userErrors { code } }`],
  ['mutation', 'updateUser', 'updateUser(input: {id: "ID", role: TENANT_ADMIN}) { userErrors { code } }'],
  ['mutation', 'disableUser', 'disableUser(input: {id: "ID"}) { userErrors { code } }'],
  ['mutation', 'enableUser', 'enableUser(input: {id: "ID"}) { userErrors { code } }'],
  ['mutation', 'resendInvitation', 'resendInvitation(input: {id: "ID"}) { userErrors { code } }'],
] as const;
const productItem = `{id: "ID", sku: "S", name: "N", price: 1, stock: 1, version: 1, createdAt: ${moment}, updatedAt: ${moment}}`;
const orderItem = `{id: "ID", number: "SO-1", status: PLACED, lines: [], total: 1, createdAt: ${moment}, createdBy: "ID", updatedAt: ${moment}, version: 1}`;
const tenantSystemMutations = [
  [
    'publishProductChange',
    `publishProductChange(input: {tenantId: "ID", type: DELETED, product: ${productItem}}) { tenantId }`,
  ],
  [
    'publishOrderChange',
    `publishOrderChange(input: {tenantId: "ID", type: DELETED, order: ${orderItem}}) { tenantId }`,
  ],
  ['endSubscriptions', 'endSubscriptions(input: {tenantId: "ID"}) { tenantId }'],
] as const;

/** What people try that their role does not allow. */
export function roleAttacks(scene: () => Scene): void {
  let supporter: Person;
  let systemAdmin: Person;
  let colleague: Person;
  beforeAll(async () => {
    const { outputs } = scene().cotenant;
    systemAdmin = await anOperator(outputs);
    [supporter, colleague] = await Promise.all([
      aSupporter(outputs, systemAdmin),
      aColleague(outputs, scene().companies.alice, 'TENANT_USER'),
    ]);
  }, 60_000);

  const refused = async (url: string, headers: Headers, kind: 'query' | 'mutation', field: string, text: string) => {
    const victim = scene().companies.alice.tenantId;
    for (const id of [victim, missing]) {
      const { status, data, errors } = await graphql(url, headers, `${kind} { ${text.replaceAll('ID', id)} }`);
      expect({ field, status, shown: Object.values(data ?? {}).filter((value) => value !== null) }).toEqual({
        field,
        status: 200,
        shown: [],
      });
      const type = kind === 'query' ? 'Query' : 'Mutation';
      expect(errors).toMatchObject([
        { errorType: 'Unauthorized', path: [field], message: `Not Authorized to access ${field} on type ${type}` },
      ]);
    }
  };
  const controlPlane = () => scene().cotenant.outputs.controlPlane.graphqlUrl;

  describe('with the public key', () => {
    test('nothing can be read but what is public', async () => {
      const headers = publicHeaders(scene().cotenant.outputs);
      for (const [field, text] of [...operatorQueries, ...systemAdminQueries]) {
        await refused(controlPlane(), headers, 'query', field, text);
      }
      expect((await graphql(controlPlane(), headers, '{ tiers { tier } }')).data).toMatchObject({
        tiers: [{}, {}, {}, {}],
      });
    });

    test('nothing can be changed, and nothing published', async () => {
      const headers = publicHeaders(scene().cotenant.outputs);
      await leavesNoTrace(scene(), async () => {
        for (const [field, text] of [...systemAdminMutations, ...systemMutations]) {
          await refused(controlPlane(), headers, 'mutation', field, text);
        }
      });
    });
  });

  describe('customer support', () => {
    test('reads, but not who the operators are', async () => {
      const { data, errors } = await graphql(
        controlPlane(),
        supporter.headers,
        '{ tenants { edges { cursor } } auditLog { edges { cursor } } }',
      );
      expect(errors).toEqual([]);
      expect(data).toHaveProperty('tenants.edges');
      for (const [field, text] of systemAdminQueries)
        await refused(controlPlane(), supporter.headers, 'query', field, text);
    });

    test('changes nothing', async () => {
      await leavesNoTrace(scene(), async () => {
        for (const [field, text] of systemAdminMutations) {
          await refused(controlPlane(), supporter.headers, 'mutation', field, text);
        }
      });
    });

    test('does not become a system administrator by an alias or a fragment', async () => {
      const query =
        'mutation { ...M } fragment M on Mutation { registerTenant: updateTier(input: {tier: BASIC, description: "x"}) { userErrors { code } } }';
      const { data, errors } = await graphql(controlPlane(), supporter.headers, query);
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ errorType: 'Unauthorized', path: ['registerTenant'] }]);
    });
  });

  test('not even a system administrator publishes', async () => {
    for (const [field, text] of systemMutations)
      await refused(controlPlane(), systemAdmin.headers, 'mutation', field, text);
  });

  describe('a tenant’s user', () => {
    test('may use the shop and nothing of the users', async () => {
      const { url } = scene().alice.target;
      expect((await graphql(url, colleague.headers, '{ me { role } products { edges { cursor } } }')).errors).toEqual(
        [],
      );
      await leavesNoTrace(scene(), async () => {
        for (const [kind, field, text] of tenantAdminFields) await refused(url, colleague.headers, kind, field, text);
      });
    });

    test('publishes no change, and neither does its administrator', async () => {
      const { url, headers } = scene().alice.target;
      for (const [field, text] of tenantSystemMutations) {
        await refused(url, colleague.headers, 'mutation', field, text);
        await refused(url, headers, 'mutation', field, text);
      }
    });
  });

  test('a tenant’s administrator cannot lose the last administrator, nor make what is no user', async () => {
    const { alice, cotenant } = scene();
    const me = (await alice.ask<{ me: { id: string } }>('{ me { id } }')).data?.me.id ?? '';
    const errorsOf = async (text: string) => {
      const { data } = await graphql<Record<string, { userErrors: { code: string; field: string | null }[] }>>(
        cotenant.outputs.pooled.graphqlUrl,
        alice.target.headers,
        `mutation { m: ${text} { userErrors { code field } } }`,
      );
      return data?.['m']?.userErrors.map(({ code, field }) => `${code} ${field ?? ''}`);
    };
    await leavesNoTrace(scene(), async () => {
      expect(await errorsOf(`disableUser(input: {id: "${me}"})`)).toEqual([expect.stringMatching(/^LAST_ADMIN/)]);
      expect(await errorsOf(`updateUser(input: {id: "${me}", role: TENANT_USER})`)).toEqual([
        expect.stringMatching(/^LAST_ADMIN/),
      ]);
      expect(await errorsOf('createUser(input: {email: "x", name: "", role: TENANT_USER})')).toEqual([
        'INVALID_INPUT email',
        'INVALID_INPUT name',
      ]);
      const taken = scene().companies.mallory.admin.email;
      expect(await errorsOf(`createUser(input: {email: "${taken}", name: "M", role: TENANT_USER})`)).toEqual([
        'EMAIL_TAKEN email',
      ]);
    });
  });
}
