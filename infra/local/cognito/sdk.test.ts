import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { givenPool, startCognito, type CognitoUnderTest } from './testing/start-cognito.ts';
import { claimsOf, signIn } from './testing/tokens.ts';

const email = 'ada@example.com';
const password = 'Correct-Horse-1';

let cognito: CognitoUnderTest;
let poolId: string;
let clientId: string;

beforeAll(async () => {
  cognito = await startCognito();
});
afterAll(() => cognito.stop());
beforeEach(async () => {
  ({ poolId, clientId } = await givenPool(cognito));
});
afterEach(() => expect(cognito.services.faults).toEqual([]));

async function givenUser(Username = email, UserAttributes: aws.AttributeType[] = []): Promise<string> {
  const { User } = await cognito.sdk.send(
    new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
  );
  await cognito.sdk.send(
    new aws.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username, Password: password, Permanent: true }),
  );
  return User?.Username ?? '';
}

describe('pools, clients and groups', () => {
  it('describes what was created, with ids as AWS shapes them', async () => {
    expect(poolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(clientId).toMatch(/^[0-9a-z]{26}$/);
    const { UserPool } = await cognito.sdk.send(new aws.DescribeUserPoolCommand({ UserPoolId: poolId }));
    expect(UserPool).toMatchObject({
      Name: 'shop',
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`,
    });
    expect(UserPool?.CreationDate).toBeInstanceOf(Date);
    expect(UserPool?.SchemaAttributes).toContainEqual(
      expect.objectContaining({
        Name: 'custom:tenantId',
        Mutable: false,
        StringAttributeConstraints: { MinLength: '1', MaxLength: '40' },
      }),
    );
    const { UserPoolClients } = await cognito.sdk.send(new aws.ListUserPoolClientsCommand({ UserPoolId: poolId }));
    expect(UserPoolClients).toEqual([{ ClientId: clientId, UserPoolId: poolId, ClientName: 'app' }]);
  });

  it('refuses what it does not support by name', async () => {
    const command = new aws.CreateUserPoolCommand({
      PoolName: 'x',
      LambdaConfig: { UserMigration: 'arn:aws:lambda:us-east-1:0:function:f' },
    });
    await expect(cognito.sdk.send(command)).rejects.toThrow(/UserMigration/);
  });

  it('keeps a protected pool, and takes all along with an unprotected one', async () => {
    const guarded = await givenPool(cognito, { DeletionProtection: 'ACTIVE' });
    await expect(cognito.sdk.send(new aws.DeleteUserPoolCommand({ UserPoolId: guarded.poolId }))).rejects.toThrow(
      /deletion protection/,
    );
    await givenUser();
    await cognito.sdk.send(new aws.DeleteUserPoolCommand({ UserPoolId: poolId }));
    await expect(cognito.sdk.send(new aws.DescribeUserPoolCommand({ UserPoolId: poolId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool ${poolId} does not exist.`,
    });
    expect(cognito.state.collection<{ poolId: string }>('cognito/users').size).toBe(
      [...cognito.state.collection<{ poolId: string }>('cognito/users').values()].filter(
        (user) => user.poolId !== poolId,
      ).length,
    );
  });

  it('puts groups into both tokens, the lowest precedence first', async () => {
    const sub = await givenUser();
    for (const [GroupName, Precedence] of [
      ['staff', 5],
      ['admins', 1],
    ] as const) {
      await cognito.sdk.send(new aws.CreateGroupCommand({ UserPoolId: poolId, GroupName, Precedence }));
      await cognito.sdk.send(new aws.AdminAddUserToGroupCommand({ UserPoolId: poolId, Username: sub, GroupName }));
    }
    const tokens = await signIn(cognito, clientId, email, password);
    expect(claimsOf(tokens.AccessToken)['cognito:groups']).toEqual(['admins', 'staff']);
    expect(claimsOf(tokens.IdToken)['cognito:groups']).toEqual(['admins', 'staff']);

    await cognito.sdk.send(new aws.DeleteGroupCommand({ UserPoolId: poolId, GroupName: 'admins' }));
    const { Groups } = await cognito.sdk.send(
      new aws.AdminListGroupsForUserCommand({ UserPoolId: poolId, Username: sub }),
    );
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['staff']);
    const { Users } = await cognito.sdk.send(
      new aws.ListUsersInGroupCommand({ UserPoolId: poolId, GroupName: 'staff' }),
    );
    expect(Users?.map(({ Username }) => Username)).toEqual([sub]);
  });
});

describe('users made by administrators', () => {
  it('mails an invitation with a temporary password, from the template of the pool', async () => {
    ({ poolId, clientId } = await givenPool(cognito, {
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        InviteMessageTemplate: { EmailSubject: 'Welcome {username}', EmailMessage: 'Hello {username}: {####}' },
      },
    }));
    const { User } = await cognito.sdk.send(new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username: email }));
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(User?.Username).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(cognito.mails[0]).toMatchObject({
      to: email,
      subject: `Welcome ${email}`,
      from: 'no-reply@verificationemail.com',
    });
    const first = cognito.mails[0]?.text.replace(`Hello ${email}: `, '') ?? '';

    await cognito.sdk.send(
      new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username: email, MessageAction: 'RESEND' }),
    );
    const second = cognito.mails[0]?.text.replace(`Hello ${email}: `, '') ?? '';
    expect(second).not.toBe(first);
    await expect(signIn(cognito, clientId, email, first)).rejects.toThrow('Incorrect username or password.');
    await expect(signIn(cognito, clientId, email, second)).rejects.toThrow(
      'Expected tokens, got NEW_PASSWORD_REQUIRED',
    );
  });

  it('knows one e-mail address once, whatever its case', async () => {
    await givenUser();
    const again = new aws.AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: 'ADA@example.com',
      MessageAction: 'SUPPRESS',
    });
    await expect(cognito.sdk.send(again)).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    const noEmail = new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username: 'ada', MessageAction: 'SUPPRESS' });
    await expect(cognito.sdk.send(noEmail)).rejects.toThrow('Username should be an email.');

    const other = await givenUser('bob@example.com');
    const take = new aws.AdminUpdateUserAttributesCommand({
      UserPoolId: poolId,
      Username: other,
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    await expect(cognito.sdk.send(take)).rejects.toMatchObject({ name: 'AliasExistsException' });
  });

  it('holds to the schema', async () => {
    const update = async (Name: string, Value: string) =>
      cognito.sdk.send(
        new aws.AdminUpdateUserAttributesCommand({
          UserPoolId: poolId,
          Username: email,
          UserAttributes: [{ Name, Value }],
        }),
      );
    await givenUser(email, [{ Name: 'custom:tenantId', Value: 't1' }]);
    await expect(update('custom:tenantId', 't2')).rejects.toThrow(/custom:tenantId: Attribute cannot be updated/);
    await expect(update('custom:unknown', 'x')).rejects.toThrow(/could not be determined/);
    await expect(update('sub', 'x')).rejects.toThrow(/non-mutable attribute sub/);
    await expect(update('email', 'no address')).rejects.toThrow(/Invalid email address format/);
    await update('custom:role', 'TenantAdmin');
    const user = await cognito.sdk.send(new aws.AdminGetUserCommand({ UserPoolId: poolId, Username: email }));
    expect(user.UserAttributes).toContainEqual({ Name: 'custom:role', Value: 'TenantAdmin' });
  });

  it('says in AWS words what a password lacks', async () => {
    await givenUser();
    const set = (Password: string) =>
      cognito.sdk.send(
        new aws.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: email, Password, Permanent: true }),
      );
    const words = 'Password did not conform with policy: Password';
    await expect(set('aB1!')).rejects.toThrow(`${words} not long enough`);
    await expect(set('lower-case-1')).rejects.toThrow(`${words} must have uppercase characters`);
    await expect(set('UPPER-CASE-1')).rejects.toThrow(`${words} must have lowercase characters`);
    await expect(set('No-Number-')).rejects.toThrow(`${words} must have numeric characters`);
    await expect(set('NoSymbols1')).rejects.toThrow(`${words} must have symbol characters`);
  });

  it('finds users by filter and walks through all in pages', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `user${index}@example.com`);
    for (const name of names) await givenUser(name);
    const list = (Filter?: string, Limit?: number, PaginationToken?: string) =>
      cognito.sdk.send(new aws.ListUsersCommand({ UserPoolId: poolId, Filter, Limit, PaginationToken }));
    const emails = (users: aws.UserType[] = []) =>
      users.map((user) => user.Attributes?.find(({ Name }) => Name === 'email')?.Value);

    expect(emails((await list('email = "USER3@example.com"')).Users)).toEqual(['user3@example.com']);
    expect((await list('"email" ^= "user"')).Users).toHaveLength(7);
    const sub = (await list('email = "user1@example.com"')).Users?.[0]?.Username;
    expect(emails((await list(`sub = "${sub}"`)).Users)).toEqual(['user1@example.com']);
    expect((await list('cognito:user_status = "CONFIRMED"')).Users).toHaveLength(7);
    expect((await list('status = "Disabled"')).Users).toHaveLength(0);
    await expect(list('custom:role = "x"')).rejects.toMatchObject({ name: 'InvalidParameterException' });

    const seen = [];
    let token: string | undefined;
    do {
      const page: aws.ListUsersCommandOutput = await list(undefined, 3, token);
      seen.push(...emails(page.Users));
      token = page.PaginationToken;
    } while (token);
    expect(seen).toEqual(names);
    const first = await list('email ^= "user"', 2);
    await expect(list(undefined, 2, first.PaginationToken)).rejects.toThrow(/pagination token/);
  });
});

describe('tokens', () => {
  it('carry what AWS puts into them', async () => {
    const sub = await givenUser(email, [
      { Name: 'custom:tenantId', Value: 't1' },
      { Name: 'custom:role', Value: 'x' },
    ]);
    const tokens = await signIn(cognito, clientId, email, password);
    expect(claimsOf(tokens.AccessToken)).toEqual({
      sub,
      iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      client_id: clientId,
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
    expect(id).toMatchObject({ aud: clientId, email, email_verified: false, 'custom:tenantId': 't1', token_use: 'id' });
    expect(id).not.toHaveProperty('custom:role');
    const { UserAttributes } = await cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }));
    expect(UserAttributes?.map(({ Name }) => Name).sort()).toEqual([
      'custom:tenantId',
      'email',
      'email_verified',
      'sub',
    ]);
  });

  it('live as long as the client says', async () => {
    ({ poolId, clientId } = await givenPool(
      cognito,
      {},
      {
        AccessTokenValidity: 5,
        IdTokenValidity: 10,
        RefreshTokenValidity: 1,
        TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      },
    ));
    await givenUser();
    const tokens = await signIn(cognito, clientId, email, password);
    const [access, id] = [claimsOf(tokens.AccessToken), claimsOf(tokens.IdToken)];
    expect(Number(access['exp']) - Number(access['iat'])).toBe(300);
    expect(Number(id['exp']) - Number(id['iat'])).toBe(600);

    cognito.advance(301_000);
    await expect(cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      'Access Token has expired',
    );
    const refresh = new aws.InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    });
    const { AuthenticationResult } = await cognito.sdk.send(refresh);
    expect(claimsOf(AuthenticationResult?.AccessToken ?? '')).toMatchObject({
      auth_time: access['auth_time'],
      origin_jti: access['origin_jti'],
    });
    expect(AuthenticationResult?.RefreshToken).toBeUndefined();
    cognito.advance(3_600_000);
    await expect(cognito.sdk.send(refresh)).rejects.toThrow('Refresh Token has expired');
  });

  it('rotate where the client asks for it', async () => {
    ({ poolId, clientId } = await givenPool(
      cognito,
      {},
      {
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
      },
    ));
    await givenUser();
    const { RefreshToken } = await signIn(cognito, clientId, email, password);
    const exchange = (token: string | undefined) =>
      cognito.sdk.send(new aws.GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: token }));
    const next = (await exchange(RefreshToken)).AuthenticationResult?.RefreshToken;
    expect(next).not.toBe(RefreshToken);
    await expect(exchange(RefreshToken)).rejects.toThrow('Invalid Refresh Token');
    expect((await exchange(next)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it('are refused once revoked', async () => {
    await givenUser();
    const tokens = await signIn(cognito, clientId, email, password);
    await cognito.sdk.send(new aws.RevokeTokenCommand({ ClientId: clientId, Token: tokens.RefreshToken }));
    await expect(cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      'Access Token has been revoked',
    );
  });
});

describe('signing up', () => {
  it('is refused where administrators make the users', async () => {
    const command = new aws.SignUpCommand({ ClientId: clientId, Username: email, Password: password });
    await expect(cognito.sdk.send(command)).rejects.toThrow('SignUp is not permitted for this user pool');
  });

  it('is confirmed with the code from the mail', async () => {
    ({ poolId, clientId } = await givenPool(cognito, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } }));
    const signUp = await cognito.sdk.send(
      new aws.SignUpCommand({ ClientId: clientId, Username: email, Password: password }),
    );
    expect(signUp).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: 'a***@e***', DeliveryMedium: 'EMAIL' },
    });
    await expect(signIn(cognito, clientId, email, password)).rejects.toMatchObject({
      name: 'UserNotConfirmedException',
    });
    await cognito.sdk.send(new aws.ResendConfirmationCodeCommand({ ClientId: clientId, Username: email }));
    const ConfirmationCode = /\d{6}/.exec(cognito.mails[0]?.text ?? '')?.[0];
    await cognito.sdk.send(new aws.ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode }));
    expect(claimsOf((await signIn(cognito, clientId, email, password)).IdToken)['email_verified']).toBe(true);
  });

  it('needs the proof of a client that has a secret', async () => {
    ({ poolId, clientId } = await givenPool(
      cognito,
      { AdminCreateUserConfig: { AllowAdminCreateUserOnly: false } },
      { GenerateSecret: true },
    ));
    const { UserPoolClient } = await cognito.sdk.send(
      new aws.DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
    );
    const SecretHash = createHmac('sha256', UserPoolClient?.ClientSecret ?? '')
      .update(email + clientId)
      .digest('base64');
    const signUp = (hash?: string) =>
      cognito.sdk.send(
        new aws.SignUpCommand({ ClientId: clientId, Username: email, Password: password, SecretHash: hash }),
      );
    await expect(signUp()).rejects.toThrow(
      `Client ${clientId} is configured with secret but SECRET_HASH was not received`,
    );
    await expect(signUp('AAAA')).rejects.toThrow(/SecretHash does not match/);
    expect(await signUp(SecretHash)).toMatchObject({ UserConfirmed: false });
  });
});

describe("changing one's address", () => {
  it('keeps the old one until the code from the new one is given, where the pool says so', async () => {
    ({ poolId, clientId } = await givenPool(cognito, {
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    }));
    await givenUser(email, [{ Name: 'email_verified', Value: 'true' }]);
    const { AccessToken } = await signIn(cognito, clientId, email, password);
    const UserAttributes = [{ Name: 'email', Value: 'ada@new.example' }];
    const { CodeDeliveryDetailsList } = await cognito.sdk.send(
      new aws.UpdateUserAttributesCommand({ AccessToken, UserAttributes }),
    );
    expect(CodeDeliveryDetailsList?.[0]?.Destination).toBe('a***@n***');
    await signIn(cognito, clientId, email, password);

    const Code = /\d{6}/.exec(cognito.mails[0]?.text ?? '')?.[0];
    await cognito.sdk.send(new aws.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
    expect(claimsOf((await signIn(cognito, clientId, 'ada@new.example', password)).IdToken)['email_verified']).toBe(
      true,
    );
  });
});
