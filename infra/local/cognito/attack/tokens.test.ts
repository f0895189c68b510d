import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attacker, ada, password } from '../testing/attacker.ts';
import { givenPool } from '../testing/start-cognito.ts';
import { claimsOf, signIn } from '../testing/tokens.ts';
import { useCognito } from '../testing/use-cognito.ts';

const place = useCognito();
const { givenUser, initiate } = attacker(place);

describe('tokens', () => {
  it('of another client or pool refresh nothing', async () => {
    await givenUser(ada);
    const { RefreshToken } = await signIn(place.cognito, place.clientId, ada, password);
    const other = await givenPool(place.cognito);
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }, other.clientId)).rejects.toThrow(
      'Invalid Refresh Token',
    );
    await place.cognito.sdk.send(new aws.RevokeTokenCommand({ ClientId: other.clientId, Token: RefreshToken }));
    expect((await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })).AuthenticationResult).toBeDefined();
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'bWFkZS11cA' })).rejects.toThrow(
      'Invalid Refresh Token',
    );
  });

  it('are refused with algorithm none, another key, another use, or changed claims', async () => {
    await givenUser(ada);
    const { AccessToken, IdToken } = await signIn(place.cognito, place.clientId, ada, password);
    const [header = '', payload = '', signature = ''] = AccessToken.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = createSign('sha256').update(`${header}.${payload}`).sign(privateKey, 'base64url');

    for (const token of [
      `${encode({ alg: 'none', kid })}.${payload}.`,
      `${encode({ alg: 'HS256', kid })}.${payload}.${signature}`,
      `${header}.${payload}.${forged}`,
      `${header}.${encode({ ...claimsOf(AccessToken), sub: 'other' })}.${signature}`,
      IdToken,
      'a.b.c',
      `${header}.${encode({ iss: 'https://x/us-east-1_nothing00' })}.${signature}`,
    ]) {
      await expect(place.cognito.sdk.send(new aws.GetUserCommand({ AccessToken: token }))).rejects.toThrow(
        'Invalid Access Token',
      );
    }
  });

  it('write nothing that the client may not', async () => {
    await givenUser(ada);
    const { AccessToken } = await signIn(place.cognito, place.clientId, ada, password);
    for (const Name of ['custom:tenantId', 'custom:role', 'email_verified', 'sub', 'given_name']) {
      await expect(
        place.cognito.sdk.send(
          new aws.UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value: 'true' }] }),
        ),
      ).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'A client attempted to write unauthorized attribute',
      });
    }
    const del = new aws.DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['custom:role'] });
    await expect(place.cognito.sdk.send(del)).rejects.toThrow('A client attempted to write unauthorized attribute');
  });
});

describe('flows', () => {
  it('that the client does not list are refused', async () => {
    Object.assign(place, await givenPool(place.cognito, {}, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }));
    await givenUser(ada);
    await expect(initiate('USER_PASSWORD_AUTH', { USERNAME: ada, PASSWORD: password })).rejects.toThrow(
      'USER_PASSWORD_AUTH flow not enabled for this client',
    );
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'x' })).rejects.toThrow(/not enabled for this client/);
    await expect(initiate('ADMIN_USER_PASSWORD_AUTH', { USERNAME: ada, PASSWORD: password })).rejects.toThrow(
      /not supported/,
    );
  });

  it('of administrators need a signature', async () => {
    for (const operation of ['AdminGetUser', 'AdminInitiateAuth', 'ListUsers', 'AdminSetUserPassword']) {
      const answer = await fetch(place.cognito.services.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
        body: JSON.stringify({ UserPoolId: place.poolId, Username: ada }),
      });
      expect(answer.status).toBe(403);
    }
  });
});
