import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ada as email, password, givenUserOf } from './testing/given-user.ts';
import { givenPool } from './testing/start-cognito.ts';
import { claimsOf, signIn } from './testing/tokens.ts';
import { useCognito } from './testing/use-cognito.ts';

const place = useCognito();
const givenUser = givenUserOf(place);

describe('tokens', () => {
  it('carry what AWS puts into them', async () => {
    const sub = await givenUser(email, [
      { Name: 'custom:tenantId', Value: 't1' },
      { Name: 'custom:role', Value: 'x' },
    ]);
    const tokens = await signIn(place.cognito, place.clientId, email, password);
    expect(claimsOf(tokens.AccessToken)).toEqual({
      sub,
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${place.poolId}`,
      client_id: place.clientId,
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: expect.any(Number),
      exp: expect.any(Number),
      iat: expect.any(Number),
      jti: expect.any(String),
      username: sub,
    });
    const id = claimsOf(tokens.IdToken);
    expect(id).toMatchObject({
      aud: place.clientId,
      email,
      email_verified: false,
      'custom:tenantId': 't1',
      token_use: 'id',
    });
    expect(id).not.toHaveProperty('custom:role');
    const { UserAttributes } = await place.cognito.sdk.send(
      new aws.GetUserCommand({ AccessToken: tokens.AccessToken }),
    );
    expect(UserAttributes?.map(({ Name }) => Name).sort()).toEqual([
      'custom:tenantId',
      'email',
      'email_verified',
      'sub',
    ]);
  });

  it('live as long as the client says', async () => {
    Object.assign(
      place,
      await givenPool(
        place.cognito,
        {},
        {
          AccessTokenValidity: 5,
          IdTokenValidity: 10,
          RefreshTokenValidity: 1,
          TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
        },
      ),
    );
    await givenUser();
    const tokens = await signIn(place.cognito, place.clientId, email, password);
    const [access, id] = [claimsOf(tokens.AccessToken), claimsOf(tokens.IdToken)];
    expect(Number(access['exp']) - Number(access['iat'])).toBe(300);
    expect(Number(id['exp']) - Number(id['iat'])).toBe(600);

    place.cognito.advance(301_000);
    await expect(place.cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      'Access Token has expired',
    );
    const refresh = new aws.InitiateAuthCommand({
      ClientId: place.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    });
    const { AuthenticationResult } = await place.cognito.sdk.send(refresh);
    expect(claimsOf(AuthenticationResult?.AccessToken ?? '')).toMatchObject({
      auth_time: access['auth_time'],
      origin_jti: access['origin_jti'],
    });
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
    place.cognito.advance(3_600_000);
    await expect(place.cognito.sdk.send(refresh)).rejects.toThrow('Refresh Token has expired');
  });

  it('rotate where the client asks for it', async () => {
    Object.assign(
      place,
      await givenPool(
        place.cognito,
        {},
        {
          RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
        },
      ),
    );
    await givenUser();
    const { RefreshToken } = await signIn(place.cognito, place.clientId, email, password);
    const exchange = (token: string | undefined) =>
      place.cognito.sdk.send(
        new aws.GetTokensFromRefreshTokenCommand({ ClientId: place.clientId, RefreshToken: token }),
      );
    const next = (await exchange(RefreshToken)).AuthenticationResult?.RefreshToken;
    expect(next).not.toBe(RefreshToken);
    await expect(exchange(RefreshToken)).rejects.toThrow('Invalid Refresh Token');
    expect((await exchange(next)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it('are refused once revoked', async () => {
    await givenUser();
    const tokens = await signIn(place.cognito, place.clientId, email, password);
    await place.cognito.sdk.send(new aws.RevokeTokenCommand({ ClientId: place.clientId, Token: tokens.RefreshToken }));
    await expect(place.cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      'Access Token has been revoked',
    );
    const refresh = (RefreshToken: string | undefined) =>
      place.cognito.sdk.send(
        new aws.InitiateAuthCommand({
          ClientId: place.clientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: RefreshToken ?? '' },
        }),
      );
    await expect(refresh(tokens.RefreshToken)).rejects.toThrow('Refresh Token has been revoked');
    await expect(refresh(`${tokens.RefreshToken?.slice(0, -6)}AAAAAA`)).rejects.toThrow('Invalid Refresh Token');
  });
});

describe('signing up', () => {
  it('is refused where administrators make the users', async () => {
    const command = new aws.SignUpCommand({ ClientId: place.clientId, Username: email, Password: password });
    await expect(place.cognito.sdk.send(command)).rejects.toThrow('SignUp is not permitted for this user pool');
  });

  it('is confirmed with the code from the mail', async () => {
    Object.assign(
      place,
      await givenPool(place.cognito, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } }),
    );
    const signUp = await place.cognito.sdk.send(
      new aws.SignUpCommand({ ClientId: place.clientId, Username: email, Password: password }),
    );
    expect(signUp).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL' },
    });
    await expect(signIn(place.cognito, place.clientId, email, password)).rejects.toMatchObject({
      name: 'UserNotConfirmedException',
    });
    await place.cognito.sdk.send(new aws.ResendConfirmationCodeCommand({ ClientId: place.clientId, Username: email }));
    const ConfirmationCode = /\d{6}/.exec(place.cognito.mails[0]?.text ?? '')?.[0];
    await place.cognito.sdk.send(
      new aws.ConfirmSignUpCommand({ ClientId: place.clientId, Username: email, ConfirmationCode }),
    );
    expect(claimsOf((await signIn(place.cognito, place.clientId, email, password)).IdToken)['email_verified']).toBe(
      true,
    );
  });

  it('needs the proof of a client that has a secret', async () => {
    Object.assign(
      place,
      await givenPool(
        place.cognito,
        { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } },
        { GenerateSecret: true },
      ),
    );
    const { UserPoolClient } = await place.cognito.sdk.send(
      new aws.DescribeUserPoolClientCommand({ UserPoolId: place.poolId, ClientId: place.clientId }),
    );
    const SecretHash = createHmac('sha256', UserPoolClient?.ClientSecret ?? '')
      .update(email + place.clientId)
      .digest('base64');
    const signUp = (hash?: string) =>
      place.cognito.sdk.send(
        new aws.SignUpCommand({ ClientId: place.clientId, Username: email, Password: password, SecretHash: hash }),
      );
    await expect(signUp()).rejects.toThrow(
      `Client ${place.clientId} is configured with secret but SECRET_HASH was not received`,
    );
    await expect(signUp('AAAA')).rejects.toThrow(/SecretHash does not match/);
    expect(await signUp(SecretHash)).toMatchObject({ UserConfirmed: false });
  });
});

describe("changing one's address", () => {
  it('keeps the old one until the code from the new one is given, where the pool says so', async () => {
    Object.assign(
      place,
      await givenPool(place.cognito, {
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      }),
    );
    await givenUser(email, [{ Name: 'email_verified', Value: 'true' }]);
    const { AccessToken } = await signIn(place.cognito, place.clientId, email, password);
    const UserAttributes = [{ Name: 'email', Value: 'ada@new.example' }];
    const { CodeDeliveryDetailsList } = await place.cognito.sdk.send(
      new aws.UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
    );
    expect(CodeDeliveryDetailsList?.[0]?.Destination).toBe('a***@n***');
    await signIn(place.cognito, place.clientId, email, password);

    const Code = /\d{6}/.exec(place.cognito.mails[0]?.text ?? '')?.[0];
    await place.cognito.sdk.send(new aws.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
    expect(
      claimsOf((await signIn(place.cognito, place.clientId, 'ada@new.example', password)).IdToken)['email_verified'],
    ).toBe(true);
  });
});
