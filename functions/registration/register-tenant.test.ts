import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RegisterTenantInput, UserErrorCode } from '../../generated/control-plane.ts';
import { systemClock } from '../layer/clock.ts';
import { ulids, unguessableIds } from '../layer/ids.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { tierDefaults } from '../tier-defaults/tiers.ts';
import { registerTenant } from './register-tenant.ts';

let engine: TestTables;
let register: (input: Partial<RegisterTenantInput>) => ReturnType<ReturnType<typeof registerTenant>>;

beforeAll(async () => {
  engine = await startTables();
  const { documents, tables } = engine;
  for (const tier of tierDefaults) await documents.send(new PutCommand({ TableName: tables.TIERS_TABLE, Item: tier }));
  const pooled = { tenantId: 'pooled', stackName: 'pooled', userPoolId: 'pool', userPoolClientId: 'client' };
  await documents.send(new PutCommand({ TableName: tables.TENANT_STACK_MAPPING_TABLE, Item: pooled }));
  const resolve = registerTenant({
    documents,
    tables,
    clock: systemClock,
    createTenantId: ulids(),
    createRegistrationId: unguessableIds,
  });
  register = (input) =>
    resolve({
      field: 'registerTenant',
      arguments: { input: { ...companyOf(randomUUID().slice(0, 8)), ...input } },
      identity: null,
    });
});
afterAll(() => engine.stop());

function companyOf(name: string): RegisterTenantInput {
  return {
    clientToken: `token-${name}-${randomUUID()}`,
    companyName: `Company ${name}`,
    slug: `c-${name}`,
    adminEmail: `admin@${name}.example`,
    adminName: 'Ann Admin',
    tier: 'BASIC',
  };
}

const codes = (answer: { userErrors: readonly { code: UserErrorCode }[] }) => answer.userErrors.map(({ code }) => code);
const tenants = async () => {
  const { Items = [] } = await engine.documents.send(
    new QueryCommand({
      TableName: engine.tables.TENANTS_TABLE,
      IndexName: 'slug',
      KeyConditionExpression: 'listing = :tenant',
      ExpressionAttributeValues: { ':tenant': 'TENANT' },
    }),
  );
  return Items;
};

describe('a good registration', () => {
  test('writes tenant, registration and audit entry, and answers where it stands', async () => {
    const { registration, userErrors } = await register({
      companyName: ' Zoë’s 🚀 Ltd ',
      slug: 'zoe',
      adminEmail: 'Zoe@Example.com',
    });
    expect(userErrors).toEqual([]);
    expect(registration).toMatchObject({
      companyName: 'Zoë’s 🚀 Ltd',
      slug: 'zoe',
      status: 'REQUESTED',
      failure: null,
    });
    expect(registration?.steps.map(({ name, status }) => [name, status])).toEqual([
      ['CLAIM_SLUG', 'SUCCEEDED'],
      ['CREATE_GROUP', 'PENDING'],
      ['CREATE_ADMIN', 'PENDING'],
      ['OPEN_GATE', 'PENDING'],
      ['ACTIVATE', 'PENDING'],
    ]);
    const tenant = (await tenants()).find(({ slug }) => slug === 'zoe');
    expect(tenant).toMatchObject({
      tenantId: registration?.tenantId,
      name: 'Zoë’s 🚀 Ltd',
      adminEmail: 'zoe@example.com',
      status: 'REQUESTED',
      stack: 'pooled',
      userPoolId: 'pool',
      limits: tierDefaults[0]?.limits,
      version: 1,
    });
    const { Items = [] } = await engine.documents.send(new ScanCommand({ TableName: engine.tables.AUDIT_LOG_TABLE }));
    const entries = Items.filter(({ tenantId }) => tenantId === registration?.tenantId);
    expect(entries).toMatchObject([{ actor: 'public', action: 'registerTenant' }]);
  });

  test('the same token answers the same registration, also when it comes twenty times at once', async () => {
    const input = companyOf('again');
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(input)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(answers.map(({ registration }) => registration?.id)).size).toBe(1);
    expect((await register({ ...input, slug: ` ${input.slug}` })).registration?.id).toBe(answers[0]?.registration?.id);
  });

  test('the same token with other input is refused and changes nothing', async () => {
    const input = companyOf('reuse');
    await register(input);
    expect(await register({ ...input, companyName: 'Other' })).toMatchObject({
      registration: null,
      userErrors: [{ code: 'CLIENT_TOKEN_REUSED', field: 'clientToken' }],
    });
  });
});

describe('what is taken', () => {
  test('of twenty at once for one slug exactly one wins, the others hear what is free', async () => {
    const slug = 'wanted';
    const answers = await Promise.all(Array.from({ length: 20 }, () => register({ slug })));
    const winners = answers.filter(({ registration }) => registration);
    expect(winners).toHaveLength(1);
    for (const loser of answers.filter(({ registration }) => !registration)) {
      expect(codes(loser)).toEqual(['SLUG_TAKEN']);
      expect(loser.userErrors[0]?.message).toContain('wanted-2, wanted-hq, wanted-team');
    }
    expect((await tenants()).filter((tenant) => tenant['slug'] === slug)).toHaveLength(1);
  });

  test('suggestions leave out what is taken too', async () => {
    await register({ slug: 'full' });
    await register({ slug: 'full-2' });
    const { userErrors } = await register({ slug: 'full' });
    expect(userErrors[0]?.message).toContain('free are full-hq, full-team, full-3');
    expect(userErrors[0]?.suggestions).toEqual(['full-hq', 'full-team', 'full-3']);
  });

  test('an address has one account, whatever its case; both are said at once', async () => {
    await register({ slug: 'mine', adminEmail: 'one@example.com' });
    expect(codes(await register({ adminEmail: 'ONE@example.com' }))).toEqual(['EMAIL_TAKEN']);
    expect(codes(await register({ slug: 'mine', adminEmail: 'one@example.com' }))).toEqual([
      'SLUG_TAKEN',
      'EMAIL_TAKEN',
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    [
      'slug',
      ['ab', 'x'.repeat(33), 'Acme', '1abc', 'a--b', 'a-', '-ab', 'a b', 'é-acme', 'admin', 'pooled', 'a\u0000b', ''],
    ],
    [
      'adminEmail',
      ['', 'x', 'a@b', 'a b@c.de', 'a@b.c\u0000', `${'a'.repeat(65)}@b.de`, `a@${'b'.repeat(300)}.de`, 'a@-b.de'],
    ],
    ['companyName', ['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\nb', '\ud800', 'x'.repeat(400_000)]],
    ['adminName', ['', 'a\u007fb', '🚀'.repeat(101)]],
    ['clientToken', ['short', 'x'.repeat(65), 'token\u0000token']],
  ] as const)('%s', async (field, values) => {
    for (const value of values) {
      const answer = await register({ [field]: value });
      expect({ value: value.slice(0, 70), registration: answer.registration, errors: answer.userErrors }).toMatchObject(
        {
          registration: null,
          errors: [{ code: 'INVALID_INPUT', field }],
        },
      );
      expect(answer.userErrors[0]?.message.length).toBeLessThan(300);
    }
  });

  test.each(['abc', 'a1-b2', 'x'.repeat(32), 'acme-corp-2'])('slug %s is fine', async (slug) => {
    expect(codes(await register({ slug }))).toEqual([]);
  });

  test('everything that is wrong, at once', async () => {
    const answer = await register({
      slug: 'A',
      adminEmail: 'x',
      companyName: '',
      adminName: '',
      clientToken: 'x',
    });
    expect(answer.userErrors.map(({ field }) => field)).toEqual([
      'clientToken',
      'companyName',
      'slug',
      'adminEmail',
      'adminName',
    ]);
  });
});

test('platinum waits for a stack of its own, whose users are apart from the pool’s', async () => {
  const adminEmail = 'twice@example.com';
  await register({ slug: 'in-the-pool', adminEmail });
  const { registration, userErrors } = await register({ slug: 'platinum-co', tier: 'PLATINUM', adminEmail });
  expect(userErrors).toEqual([]);
  expect(registration?.steps.map(({ name }) => name)).toEqual([
    'CLAIM_SLUG',
    'PROVISION_STACK',
    'CREATE_GROUP',
    'CREATE_ADMIN',
    'OPEN_GATE',
    'ACTIVATE',
  ]);
  const silo = (await tenants()).find(({ slug }) => slug === 'platinum-co');
  expect(silo).toMatchObject({ stack: registration?.tenantId, deployment: 'SILO' });
  expect(silo).not.toHaveProperty('userPoolId');
});
