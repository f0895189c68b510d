import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessTokenVerifier } from '../layer/access-tokens.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { createAuthorizer } from './authorize.ts';
import { createBatchGet, type Wanted } from './batch-get.ts';
import { createRegistry } from './registry.ts';

const region = 'us-east-1';
const userPoolId = 'us-east-1_pooled000';
const clientId = 'client';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

let engine: TestTables;
let logs: string[];
beforeAll(async () => {
  engine = await startTables();
});
afterAll(() => engine.stop());
beforeEach(() => {
  logs = [];
});

const now = () => Math.floor(Date.now() / 1000);

function token(claims: Readonly<Record<string, unknown>> = {}, key: KeyObject = keys.privateKey): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'RS256', kid: 'key', typ: 'JWT' });
  const payload = encode({
    sub: 'alice',
    tenantId: 'tenant-a',
    iss: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`,
    client_id: clientId,
    token_use: 'access',
    exp: now() + 3600,
    iat: now(),
    ...claims,
  });
  return `${header}.${payload}.${sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), key).toString('base64url')}`;
}

async function given(tenant: object = {}, user: object = {}): Promise<void> {
  const rows = [
    [
      engine.tables.TENANTS_TABLE,
      { tenantId: 'tenant-a', status: 'ACTIVE', stack: 'pooled', tier: 'PREMIUM', shardCount: 2, ...tenant },
    ],
    [
      engine.tables.TENANT_USERS_TABLE,
      { tenantId: 'tenant-a', userId: 'alice', status: 'ACTIVE', role: 'TENANT_USER', ...user },
    ],
  ] as const;
  for (const [TableName, Item] of rows) await engine.documents.send(new PutCommand({ TableName, Item }));
}

const environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

function authorize(authorizationToken: string, endpoint = engine.endpoint) {
  const verifier = accessTokenVerifier(userPoolId, clientId);
  verifier.cacheJwks({
    keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'key', alg: 'RS256', use: 'sig' }],
  } as unknown as Jwks);
  const tables = { tenants: engine.tables.TENANTS_TABLE, tenantUsers: engine.tables.TENANT_USERS_TABLE };
  return createAuthorizer({
    verify: (jwt) => verifier.verify(jwt),
    registry: createRegistry(createBatchGet({ endpoint, region, environment, now: Date.now }), tables),
    stack: 'pooled',
    now: Date.now,
    log: (entry) => logs.push(JSON.stringify(entry)),
  })({ authorizationToken });
}

describe('admits', () => {
  it('a member of an active tenant of this stack, as the registry knows it', async () => {
    await given();
    const answer = await authorize(token({ role: 'TENANT_ADMIN', tier: 'PLATINUM' }));
    expect(answer).toMatchObject({
      isAuthorized: true,
      ttlOverride: 60,
      resolverContext: {
        tenantId: 'tenant-a',
        tier: 'PREMIUM',
        role: 'TENANT_USER',
        userId: 'alice',
        shardCount: '2',
        tokenExpiresAt: expect.stringMatching(/^\d{10}$/) as string,
      },
    });
    expect(answer.deniedFields).toContain('Mutation.createUser');
    expect(answer.deniedFields).toContain('Mutation.publishProductChange');
    expect(answer.deniedFields).not.toContain('Mutation.createOrder');
  });

  it('with or without Bearer, and a person just invited', async () => {
    await given({}, { status: 'INVITED', role: 'TENANT_ADMIN' });
    for (const prefix of ['', 'Bearer ', 'bearer ']) {
      expect((await authorize(prefix + token())).isAuthorized).toBe(true);
    }
  });

  it('a user of a tenant that has moved, whose id is not the sub of this pool', async () => {
    await given();
    const answer = await authorize(token({ sub: 'another-sub', userId: 'alice' }));
    expect(answer.resolverContext?.userId).toBe('alice');
    expect((await authorize(token({ sub: 'alice', userId: 'nobody' }))).isAuthorized).toBe(false);
  });

  it('no longer than the token lives', async () => {
    await given();
    const { ttlOverride } = await authorize(token({ exp: now() + 20 }));
    expect(ttlOverride).toBeLessThanOrEqual(20);
    expect(ttlOverride).toBeGreaterThan(15);
  });
});

describe('denies', () => {
  beforeEach(() => given());

  it.each([
    ['nothing', () => ''],
    ['garbage', () => 'garbage'],
    ['a token of three empty parts', () => '..'],
    ['an unsigned token', () => token().replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url'))],
    ['a token of another signer', () => token({}, otherKeys.privateKey)],
    [
      'a token whose claims were changed',
      () => token().replace(/\.[^.]+\./, (_) => `.${token({ sub: 'bob' }).split('.')[1]}.`),
    ],
    [
      'a token of another pool',
      () => token({ iss: `https://cognito-idp.${region}.amazonaws.com/us-east-1_other0000` }),
    ],
    ['a token of another client', () => token({ client_id: 'another' })],
    ['an id token', () => token({ token_use: 'id', aud: clientId })],
    ['an expired token', () => token({ exp: now() - 1 })],
    ['a token that is not valid yet', () => token({ nbf: now() + 60 })],
    ['a token without a tenant', () => token({ tenantId: undefined })],
    ['a token whose tenant is no text', () => token({ tenantId: { S: 'tenant-a' } })],
    ['a token that names another tenant', () => token({ tenantId: 'tenant-b' })],
    ['a token that names a claim of the registry', () => token({ tenantId: 'SLUG#acme' })],
    ['somebody who is no member', () => token({ sub: 'bob' })],
  ])('%s', async (_, make) => {
    await engine.documents.send(
      new PutCommand({
        TableName: engine.tables.TENANTS_TABLE,
        Item: { tenantId: 'tenant-b', status: 'ACTIVE', stack: 'pooled', tier: 'BASIC', shardCount: 1 },
      }),
    );
    const authorizationToken = make();
    expect(await authorize(authorizationToken)).toEqual({ isAuthorized: false, ttlOverride: 0 });
    expect(logs).toHaveLength(1);
    if (authorizationToken.length > 2) expect(logs.join()).not.toContain(authorizationToken);
  });

  it.each(['REQUESTED', 'PROVISIONING', 'SUSPENDED', 'OFFBOARDING', 'OFFBOARDED', 'FAILED'])(
    'members of a tenant that is %s',
    async (status) => {
      await given({ status });
      expect((await authorize(token())).isAuthorized).toBe(false);
    },
  );

  it('members of a tenant of another stack', async () => {
    await given({ stack: 'tenant-a' });
    expect((await authorize(token())).isAuthorized).toBe(false);
  });

  it('disabled users', async () => {
    await given({}, { status: 'DISABLED' });
    expect((await authorize(token())).isAuthorized).toBe(false);
  });
});

it('throws when the registry cannot be read, so that the fault shows', async () => {
  await expect(authorize(token(), 'http://127.0.0.1:1')).rejects.toThrow();
});

it('asks the registry for no more than it uses: no address, no name', async () => {
  const asked: Readonly<Record<string, Wanted>>[] = [];
  const registry = createRegistry(
    (wanted) => {
      asked.push(wanted);
      return Promise.resolve({});
    },
    { tenants: 'tenants', tenantUsers: 'users' },
  );
  await registry.read('tenant-a', 'alice');
  const { tenants, users } = asked[0] ?? {};
  expect([tenants?.attributes, users?.attributes]).toEqual([
    ['status', 'stack', 'tier', 'shardCount'],
    ['status', 'role'],
  ]);
});

it('gets no more of an item than it asked for', async () => {
  await given({ name: 'Acme' }, { email: 'alice@acme.example' });
  const { TENANTS_TABLE } = engine.tables;
  const get = createBatchGet({ endpoint: engine.endpoint, region, environment, now: Date.now });
  const found = await get({
    [TENANTS_TABLE]: { key: { tenantId: { S: 'tenant-a' } }, attributes: ['status', 'tier'] },
  });
  expect(found[TENANTS_TABLE]).toEqual({ status: { S: 'ACTIVE' }, tier: { S: 'PREMIUM' } });
});
