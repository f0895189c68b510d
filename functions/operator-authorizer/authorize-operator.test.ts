import { generateKeyPairSync, sign } from 'node:crypto';
import { buildSync } from 'esbuild';
import { FetchError } from 'aws-jwt-verify/error';
import type { AppSyncAuthorizerEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { accessTokenVerifier } from '../layer/access-tokens.ts';
import { type AccessTokenClaims, authorizeOperator } from './authorize-operator.ts';
import { CognitoUnavailableError, readSignedInUser } from './read-signed-in-user.ts';

const userPoolId = 'us-east-1_Abcdefghi';
const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const verifier = accessTokenVerifier(userPoolId, 'client');
verifier.cacheJwks({
  keys: [
    {
      ...(publicKey.export({ format: 'jwk' }) as { n: string; e: string; kty: 'RSA' }),
      kid: 'k1',
      alg: 'RS256',
      use: 'sig',
    },
  ],
});

const claims = {
  sub: '0b0e6b0c-6a3c-4f6e-9a3e-0f6f0d9f5a11',
  iss: issuer,
  client_id: 'client',
  token_use: 'access',
  exp: Math.floor(Date.now() / 1000) + 600,
  'cognito:groups': ['SystemAdmin'],
};

function tokenOf(changes: object = {}, { key = privateKey, alg = 'RS256' } = {}): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode({ alg, kid: 'k1' })}.${encode({ ...claims, ...changes })}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

const authorize = authorizeOperator({
  verify: (token) => verifier.verify(token) as Promise<AccessTokenClaims>,
  readUser: async () => ({ email: 'ann@example.com' }),
  now: Date.now,
});
const ask = (authorizationToken: unknown) => authorize({ authorizationToken } as AppSyncAuthorizerEvent);

describe('an operator', () => {
  test('a system admin may do all but what is the system’s own', async () => {
    expect(await ask(tokenOf())).toEqual({
      isAuthorized: true,
      resolverContext: {
        role: 'SYSTEM_ADMIN',
        userId: claims.sub,
        email: 'ann@example.com',
        tokenExpiresAt: String(claims.exp),
      },
      deniedFields: [
        'Mutation.publishRegistration',
        'Mutation.publishTenant',
        'Mutation.publishProvisioningRun',
        'Mutation.publishRollout',
      ],
      ttlOverride: 60,
    });
  });

  test('customer support reads', async () => {
    const answer = await ask(tokenOf({ 'cognito:groups': ['CustomerSupport'] }));
    expect(answer.resolverContext?.role).toBe('CUSTOMER_SUPPORT');
    expect(answer.deniedFields).toEqual(expect.arrayContaining(['Mutation.suspendTenant', 'Query.operators']));
    expect(answer.deniedFields).not.toContain('Query.tenants');
  });

  test.each([
    [600, 60],
    [60, 60],
    [20.5, 20],
    [0.5, 0],
    [-1, 0],
  ])('whose token holds %d seconds more is answered for %d', async (left, ttlOverride) => {
    const at = authorizeOperator({
      verify: async () => claims,
      readUser: async () => ({ email: 'ann@example.com' }),
      now: () => (claims.exp - left) * 1000,
    });
    expect(await at({ authorizationToken: tokenOf() } as AppSyncAuthorizerEvent)).toMatchObject({ ttlOverride });
  });

  test('in both groups has the greater role; the token may come as a bearer', async () => {
    const token = tokenOf({ 'cognito:groups': ['CustomerSupport', 'SystemAdmin'] });
    expect((await ask(`Bearer ${token}`)).resolverContext?.role).toBe('SYSTEM_ADMIN');
    expect((await ask(`bearer  ${token}`)).isAuthorized).toBe(true);
  });
});

describe('denied', () => {
  const denied = { isAuthorized: false, ttlOverride: 0 };
  test.each([
    ['nothing', undefined],
    ['nothing at all', ''],
    ['a number', 7],
    ['junk', 'junk'],
    ['two parts', 'a.b'],
    ['100 kB', 'x'.repeat(100_000)],
    ['a NUL', 'a\u0000.b.c'],
    ['no group', tokenOf({ 'cognito:groups': undefined })],
    ['another group', tokenOf({ 'cognito:groups': ['systemadmin', 'Other'] })],
    ['an id token', tokenOf({ token_use: 'id' })],
    ['another client', tokenOf({ client_id: 'other' })],
    ['another pool', tokenOf({ iss: issuer.replace('Abc', 'Xyz') })],
    ['expired', tokenOf({ exp: 1 })],
    ['another key', tokenOf({}, { key: otherKey })],
    ['no algorithm', `${tokenOf({}, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
    [
      'a changed payload',
      tokenOf().replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url')}.`),
    ],
  ])('%s', async (_, token) => {
    expect(await ask(token)).toEqual(denied);
  });

  test('revoked, or disabled since', async () => {
    const afterwards = authorizeOperator({
      verify: async () => claims,
      readUser: async () => undefined,
      now: Date.now,
    });
    expect(await afterwards({ authorizationToken: tokenOf() } as AppSyncAuthorizerEvent)).toEqual(denied);
  });
});

test('a fault of ours is thrown, to show as one', async () => {
  const withoutKeys = authorizeOperator({
    verify: async () => {
      throw new FetchError(issuer, 'unreachable');
    },
    readUser: async () => ({ email: '' }),
    now: Date.now,
  });
  await expect(withoutKeys({ authorizationToken: 'x' } as AppSyncAuthorizerEvent)).rejects.toThrow(FetchError);
});

describe('readSignedInUser', () => {
  const answering = (status: number, body: object) =>
    readSignedInUser({ region: 'us-east-1', fetch: async () => new Response(JSON.stringify(body), { status }) })(
      'token',
    );

  test('answers the address; nobody for a token that Cognito refuses; throws when Cognito fails', async () => {
    const UserAttributes = [{ Name: 'email', Value: 'ann@example.com' }];
    expect(await answering(200, { UserAttributes })).toEqual({ email: 'ann@example.com' });
    expect(await answering(400, { __type: 'NotAuthorizedException' })).toBeUndefined();
    expect(await answering(400, { __type: 'com.amazon#UserNotFoundException' })).toBeUndefined();
    await expect(answering(400, { __type: 'TooManyRequestsException' })).rejects.toThrow(CognitoUnavailableError);
    await expect(answering(500, {})).rejects.toThrow(CognitoUnavailableError);
  });
});

test('its bundle stays under 200 kB', () => {
  const { outputFiles } = buildSync({
    entryPoints: [new URL('index.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    keepNames: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
  });
  expect(outputFiles[0]?.contents.byteLength).toBeLessThan(200_000);
});
