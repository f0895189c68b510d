import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { anOperator, type Person, publicHeaders, signIn } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { forgeries, publishedKeys } from '../support/forgeries.ts';
import { signingKeyOf } from '../support/signing-key.ts';
import { readJwt, signedByRsa, writeJwt } from '../support/tokens.ts';
import { leavesNoTrace, type Scene } from './scene.ts';

type Headers = Readonly<Record<string, string>>;
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
      const published = await publishedKeys(`${scene().cotenant.outputs.endpoint}/${plane().userPoolId}`);
      await leavesNoTrace(scene(), () => expectRefused({ authorization: forge(person().accessToken, published) }));
    });

    test('a token that the pool itself signed, once it has expired, or before it begins', async () => {
      const sign = signedByRsa(await signingKeyOf(scene().cotenant, plane().userPoolId));
      const jwt = readJwt(person().accessToken);
      const issued = (claims: object): Headers => ({
        authorization: writeJwt({ ...jwt, payload: { ...jwt.payload, ...claims } }, sign),
      });
      const now = Math.floor(Date.now() / 1000);
      expect(await ask(issued({ exp: now + 60 }))).toMatchObject({ status: 200, errors: [] });
      await leavesNoTrace(scene(), async () => {
        for (const claims of [{ exp: now - 1 }, { exp: now - 3600 }, { exp: 0 }, { nbf: now + 60 }])
          await expectRefused(issued(claims));
      });
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
