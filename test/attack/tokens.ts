import { createPublicKey, type JsonWebKey } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { anOperator, type Person, publicHeaders, signIn } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { anotherKey, readJwt, signedByHmac, signedByRsa, unsigned, writeJwt } from '../support/tokens.ts';
import { leavesNoTrace, type Scene } from './scene.ts';

type Headers = Readonly<Record<string, string>>;
type Forgery = (token: string, keys: Keys) => string;

interface Keys {
  /** A key of the pool's, as everyone can read it. */
  readonly published: JsonWebKey & { readonly kid: string };
}

const mine = anotherKey();
const changed = (token: string, changes: object) => ({
  header: readJwt(token).header,
  payload: { ...readJwt(token).payload, ...changes },
});

const forgeries: readonly (readonly [string, Forgery])[] = [
  ['nothing of a token', () => 'garbage'],
  ['three parts of nothing', () => 'a.b.c'],
  [
    'parts that are JSON of nothing',
    () => ['null', 'null', ''].map((part) => Buffer.from(part).toString('base64url')).join('.'),
  ],
  ['the token cut short', (token) => token.slice(0, -10)],
  ['the token twice', (token) => `${token}, ${token}`],
  ['15 KB', () => 'x'.repeat(15_000)],
  [
    'other claims under the old signature',
    (token) => writeJwt(changed(token, { tenantId: 'another' }), () => token.split('.')[2] ?? ''),
  ],
  ['no signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
  ['alg none', (token) => writeJwt({ ...readJwt(token), header: { ...readJwt(token).header, alg: 'none' } }, unsigned)],
  ['alg NONE without a kid', (token) => writeJwt({ ...readJwt(token), header: { alg: 'NONE' } }, unsigned)],
  [
    'HS256 with the public key as PEM',
    (token, { published }) =>
      hmac(
        token,
        createPublicKey({ key: published, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
      ),
  ],
  ['HS256 with the public key’s modulus', (token, { published }) => hmac(token, published.n ?? '')],
  ['HS256 with nothing', (token) => hmac(token, '')],
  ['another key under the pool’s kid', (token) => writeJwt(readJwt(token), signedByRsa(mine.privateKey))],
  ['another key under its own kid', (token) => withHeader(token, { kid: 'mine' })],
  [
    'another key, brought along',
    (token) => withHeader(token, { kid: 'mine', jwk: mine.publicKey.export({ format: 'jwk' }) }),
  ],
  [
    'another key, at an address',
    (token) => withHeader(token, { kid: 'mine', jku: 'https://evil.example/jwks.json', x5u: 'https://evil.example' }),
  ],
  ['a kid that is a path', (token) => withHeader(token, { kid: '../../../dev/null' })],
  [
    'an expired one, signed by another key',
    (token) => writeJwt(changed(token, { exp: 1 }), signedByRsa(mine.privateKey)),
  ],
  [
    'an issuer of one’s own',
    (token) => writeJwt(changed(token, { iss: 'https://evil.example/pool' }), signedByRsa(mine.privateKey)),
  ],
];

function hmac(token: string, key: string): string {
  const { header, payload } = readJwt(token);
  return writeJwt({ header: { ...header, alg: 'HS256' }, payload }, signedByHmac(key));
}

function withHeader(token: string, header: object): string {
  const jwt = readJwt(token);
  return writeJwt({ header: { ...jwt.header, ...header }, payload: jwt.payload }, signedByRsa(mine.privateKey));
}

/** Tokens that are none, or are for something else, at both APIs. */
export function tokenAttacks(scene: () => Scene): void {
  let operator: Person;
  beforeAll(async () => {
    operator = await anOperator(scene().cotenant.outputs);
  });

  const application = (headers: Headers) =>
    graphql(scene().cotenant.outputs.pooled.graphqlUrl, headers, '{ me { id } products { edges { cursor } } }');
  const controlPlane = (headers: Headers) =>
    graphql(
      scene().cotenant.outputs.controlPlane.graphqlUrl,
      headers,
      '{ tenants { edges { cursor } } auditLog { edges { cursor } } }',
    );
  const planes = [
    ['application', application, (): Person => scene().companies.alice.admin, () => scene().cotenant.outputs.pooled],
    ['control plane', controlPlane, (): Person => operator, () => scene().cotenant.outputs.controlPlane],
  ] as const;

  describe.each(planes)('at the %s', (_, ask, person, plane) => {
    const expectRefused = async (headers: Headers) => {
      expect(await ask(headers)).toMatchObject({
        status: 401,
        data: null,
        errors: [{ errorType: 'UnauthorizedException', message: expect.any(String) }],
      });
    };
    const signInTokens = async (clientId: string) => {
      const cognito = new CognitoIdentityProviderClient({
        endpoint: scene().cotenant.outputs.endpoint,
        region: 'us-east-1',
      });
      const { email, password } = person();
      const { AuthenticationResult: result } = await cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: email, PASSWORD: password },
        }),
      );
      return result;
    };

    test('the right token is let in, bare or as a bearer’s', async () => {
      const { authorization } = person().headers;
      for (const value of [authorization, `Bearer ${authorization}`]) {
        expect(await ask({ authorization: value })).toMatchObject({ status: 200, errors: [] });
      }
    });

    test('no token, or an empty one', async () => {
      const attempts: Headers[] = [
        {},
        { authorization: '' },
        { authorization: ' ' },
        { authorization: 'Bearer ' },
        { cookie: `token=${person().accessToken}` },
      ];
      for (const headers of attempts) await expectRefused(headers);
    });

    test.each(forgeries)('a forged token: %s', async (__, forge) => {
      const response = await fetch(`${scene().cotenant.outputs.endpoint}/${plane().userPoolId}/.well-known/jwks.json`);
      const { keys } = (await response.json()) as { keys: Keys['published'][] };
      const { kid } = readJwt(person().accessToken).header;
      const published = keys.find((key) => key.kid === kid);
      if (!published) throw new Error(`No key ${String(kid)} among the pool’s`);
      await leavesNoTrace(scene(), () => expectRefused({ authorization: forge(person().accessToken, { published }) }));
    });

    test('an id token and a refresh token are no access tokens', async () => {
      const result = await signInTokens(plane().userPoolClientId);
      for (const token of [result?.IdToken, result?.RefreshToken])
        await expectRefused({ authorization: token ?? 'none' });
      expect(await ask({ authorization: result?.AccessToken ?? '' })).toMatchObject({ status: 200, errors: [] });
    });

    test('an access token of another client of the same pool', async () => {
      const { endpoint, region } = scene().cotenant.outputs;
      const cognito = new CognitoIdentityProviderClient({ endpoint, region });
      const { UserPoolClient: client } = await cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId: plane().userPoolId,
          ClientName: 'another',
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        }),
      );
      const result = await signInTokens(client?.ClientId ?? '');
      expect(result?.AccessToken).toBeDefined();
      await expectRefused({ authorization: result?.AccessToken ?? '' });
    });

    test('an API key does not stand in for a token', async () => {
      const headers = publicHeaders(scene().cotenant.outputs);
      const { data, errors, status } = await ask(headers);
      expect([status, errors[0]?.errorType]).toEqual(
        plane() === scene().cotenant.outputs.pooled ? [401, 'UnauthorizedException'] : [200, 'Unauthorized'],
      );
      expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
    });

    test('a made-up key, or a signature of nobody’s', async () => {
      await expectRefused({ 'x-api-key': 'da2-aaaaaaaaaaaaaaaaaaaaaaaaaa' });
      const authorization =
        'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/appsync/aws4_request, SignedHeaders=host;x-amz-date, Signature=00';
      const answer = await ask({ authorization, 'x-amz-date': '20260101T000000Z' });
      expect(answer).toMatchObject({ status: 403, data: null });
    });
  });

  describe('across the planes', () => {
    test('an operator’s token opens no tenant, a tenant’s not the control plane', async () => {
      const refused = { status: 401, data: null, errors: [{ errorType: 'UnauthorizedException' }] };
      expect(await application(operator.headers)).toMatchObject(refused);
      expect(await controlPlane(scene().companies.alice.admin.headers)).toMatchObject(refused);
    });

    test('nobody signs in to the other pool', async () => {
      const { outputs } = scene().cotenant;
      const { alice } = scene().companies;
      const attempts = [
        { clientId: outputs.controlPlane.userPoolClientId, person: alice.admin },
        { clientId: outputs.pooled.userPoolClientId, person: operator },
      ];
      for (const { clientId, person } of attempts)
        await expect(signIn(outputs, clientId, person.email, person.password)).rejects.toMatchObject({
          name: 'NotAuthorizedException',
          message: 'Incorrect username or password.',
        });
    });
  });
}
