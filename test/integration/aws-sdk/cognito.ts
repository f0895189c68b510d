import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  RespondToAuthChallengeCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { type Jwks } from 'aws-jwt-verify/jwk';
import { describe, expect, test } from 'vitest';
import { aCompany, chosenPassword, mailsTo, temporaryPassword } from '../../support/given.ts';
import type { Scene } from '../scene.ts';

/** The user pools, from the invitation to the end of a session. */
export function cognitoCalls(scene: () => Scene): void {
  const cognito = () => new CognitoIdentityProviderClient(scene().settings);
  const signIn = (ClientId: string, email: string, password: string) =>
    cognito().send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
  const find = async (UserPoolId: string, Filter: string) =>
    (await cognito().send(new ListUsersCommand({ UserPoolId, Filter }))).Users ?? [];
  const keysOf = async (userPoolId: string) => {
    const response = await fetch(`${scene().outputs.endpoint}/${userPoolId}/.well-known/jwks.json`);
    return (await response.json()) as Jwks;
  };

  describe('an operator’s account', () => {
    test('begins with an invitation, and has tokens once a password is chosen', async () => {
      const { userPoolId, userPoolClientId: clientId } = scene().outputs.controlPlane;
      const email = 'invited@sdk.example';
      const { User: user } = await cognito().send(
        new AdminCreateUserCommand({
          UserPoolId: userPoolId,
          Username: email,
          UserAttributes: [
            { Name: 'email', Value: email },
            { Name: 'name', Value: 'Ida Invited' },
          ],
        }),
      );
      expect(user).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
      expect(await mailsTo(scene().outputs, email)).toMatchObject([
        { subject: 'You are an operator of Cotenant', text: expect.stringContaining(`Sign in as ${email}`) as string },
      ]);

      const first = await signIn(clientId, email, await temporaryPassword(scene().outputs, email));
      expect([first.ChallengeName, first.AuthenticationResult]).toEqual(['NEW_PASSWORD_REQUIRED', undefined]);
      const answer = (password: string) =>
        cognito().send(
          new RespondToAuthChallengeCommand({
            ClientId: clientId,
            ChallengeName: 'NEW_PASSWORD_REQUIRED',
            Session: first.Session,
            ChallengeResponses: { USERNAME: email, NEW_PASSWORD: password },
          }),
        );
      const { AuthenticationResult: tokens } = await answer(chosenPassword);
      const sub = user?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
      const jwks = await keysOf(userPoolId);
      const verify = async (tokenUse: 'access' | 'id', token: string | undefined) => {
        const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
        verifier.cacheJwks(jwks);
        return await verifier.verify(token ?? '');
      };
      expect(await verify('access', tokens?.AccessToken)).toMatchObject({ sub, client_id: clientId, username: sub });
      expect(await verify('id', tokens?.IdToken)).toMatchObject({ sub, aud: clientId, email, name: 'Ida Invited' });
      await expect(verify('access', tokens?.IdToken)).rejects.toThrow(/Token use/);

      expect(await find(userPoolId, `email = "${email}"`)).toMatchObject([{ Username: sub, UserStatus: 'CONFIRMED' }]);
      expect(await find(userPoolId, 'email ^= "invited@sdk"')).toHaveLength(1);
      expect(await find(userPoolId, `sub = "${sub}"`)).toHaveLength(1);
      expect(await find(userPoolId, 'email = "nobody@sdk.example"')).toEqual([]);
      await expect(find(userPoolId, 'nonsense')).rejects.toMatchObject({ name: 'InvalidParameterException' });
      await cognito().send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: email }));
    });
  });

  describe('a tenant’s administrator', () => {
    test('has the claims of the registry in both tokens, that verify with the pool’s keys', async () => {
      const { tenantId, admin } = await aCompany(scene().outputs, { tier: 'STANDARD' });
      const { userPoolId, userPoolClientId: clientId } = scene().outputs.pooled;
      const { AuthenticationResult: tokens } = await signIn(clientId, admin.email, admin.password);
      const claims = { tenantId, role: 'TENANT_ADMIN', tier: 'STANDARD' };
      const jwks = await keysOf(userPoolId);
      for (const [tokenUse, token] of [
        ['access', tokens?.AccessToken],
        ['id', tokens?.IdToken],
      ] as const) {
        const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse });
        verifier.cacheJwks(jwks);
        const payload = await verifier.verify(token ?? '');
        expect(payload).toMatchObject(claims);
        expect(payload.iss).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${userPoolId}`);
      }
      const ofOtherPool = CognitoJwtVerifier.create({
        userPoolId: scene().outputs.controlPlane.userPoolId,
        clientId,
        tokenUse: 'access',
      });
      ofOtherPool.cacheJwks(await keysOf(scene().outputs.controlPlane.userPoolId));
      await expect(ofOtherPool.verify(tokens?.AccessToken ?? '')).rejects.toThrow();
    });

    test('writes a name, and no attribute that the client may not write', async () => {
      const { admin } = await aCompany(scene().outputs);
      const AccessToken = admin.accessToken;
      const attributes = async () => (await cognito().send(new GetUserCommand({ AccessToken }))).UserAttributes;
      const write = (...named: readonly (readonly [string, string])[]) =>
        cognito().send(
          new UpdateUserAttributesCommand({
            AccessToken,
            UserAttributes: named.map(([Name, Value]) => ({ Name, Value })),
          }),
        );
      const before = await attributes();
      for (const attribute of [
        ['custom:anything', 'x'],
        ['custom:tenantId', 'x'],
        ['email', 'other@sdk.example'],
      ] as const) {
        await expect(write(attribute), attribute[0]).rejects.toMatchObject({
          name: 'NotAuthorizedException',
          message: 'A client attempted to write unauthorized attribute',
        });
        await expect(write(['name', 'Half'], attribute)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      }
      expect(await attributes()).toEqual(before);
      await write(['name', 'Ada Renamed']);
      expect(await attributes()).toContainEqual({ Name: 'name', Value: 'Ada Renamed' });
    });

    test('is signed out everywhere at once', async () => {
      const { admin } = await aCompany(scene().outputs);
      const ClientId = scene().outputs.pooled.userPoolClientId;
      const { AuthenticationResult: tokens } = await signIn(ClientId, admin.email, admin.password);
      const refresh = () =>
        cognito().send(
          new InitiateAuthCommand({
            ClientId,
            AuthFlow: 'REFRESH_TOKEN_AUTH',
            AuthParameters: { REFRESH_TOKEN: tokens?.RefreshToken ?? '' },
          }),
        );
      expect((await refresh()).AuthenticationResult?.AccessToken).toBeDefined();
      await cognito().send(new GlobalSignOutCommand({ AccessToken: tokens?.AccessToken }));
      await expect(refresh()).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Refresh Token has been revoked',
      });
      for (const AccessToken of [tokens?.AccessToken, admin.accessToken]) {
        await expect(cognito().send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
          name: 'NotAuthorizedException',
          message: 'Access Token has been revoked',
        });
      }
      expect((await signIn(ClientId, admin.email, admin.password)).AuthenticationResult).toBeDefined();
    });
  });
}
