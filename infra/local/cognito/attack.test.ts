import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { totpCode } from './sign-in/totp.ts';
import { srpClient } from './testing/srp-client.ts';
import { givenPool, startCognito, type CognitoUnderTest } from './testing/start-cognito.ts';
import { claimsOf, signIn } from './testing/tokens.ts';

const ada = 'ada@example.com';
const eve = 'eve@example.com';
const password = 'Correct-Horse-1';
const wrong = 'Incorrect username or password.';

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

async function givenInvited(Username: string): Promise<void> {
  await cognito.sdk.send(
    new aws.AdminCreateUserCommand({
      UserPoolId: poolId,
      Username,
      TemporaryPassword: 'Temporary-1',
      MessageAction: 'SUPPRESS',
    }),
  );
}

async function givenUser(Username: string): Promise<void> {
  await givenInvited(Username);
  await cognito.sdk.send(
    new aws.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username, Password: password, Permanent: true }),
  );
}

const initiate = (AuthFlow: aws.AuthFlowType, AuthParameters: Record<string, string>, ClientId = clientId) =>
  cognito.sdk.send(new aws.InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
const respond = (
  ChallengeName: aws.ChallengeNameType,
  ChallengeResponses: Record<string, string>,
  Session?: string,
  ClientId = clientId,
) => cognito.sdk.send(new aws.RespondToAuthChallengeCommand({ ClientId, ChallengeName, ChallengeResponses, Session }));
const newPassword = (USERNAME: string, Session: string | undefined, ClientId = clientId) =>
  respond('NEW_PASSWORD_REQUIRED', { USERNAME, NEW_PASSWORD: password }, Session, ClientId);
const firstSession = async (name: string) =>
  (await initiate('USER_PASSWORD_AUTH', { USERNAME: name, PASSWORD: 'Temporary-1' })).Session ?? '';

async function srp(name: string, secret: string) {
  const client = srpClient();
  const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME: name, SRP_A: client.publicValue });
  const TIMESTAMP = 'Mon Nov 23 10:00:00 UTC 2026';
  const signature = client.answer(ChallengeParameters, poolId.split('_')[1] ?? '', secret, TIMESTAMP);
  const answer = {
    USERNAME: ChallengeParameters['USER_ID_FOR_SRP'] ?? '',
    PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters['SECRET_BLOCK'] ?? '',
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP,
  };
  return { answer, parameters: ChallengeParameters };
}

describe('sessions', () => {
  it('are refused if made up, of another user, of another client, replayed, or late', async () => {
    await givenInvited(ada);
    await givenInvited(eve);
    await expect(newPassword(ada, 'made-up-session-made-up-session')).rejects.toThrow('Invalid session for the user.');
    await expect(newPassword(ada, await firstSession(eve))).rejects.toThrow('Invalid session for the user.');

    const session = await firstSession(ada);
    const other = await cognito.sdk.send(
      new aws.CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: 'other' }),
    );
    await expect(newPassword(ada, session, other.UserPoolClient?.ClientId)).rejects.toThrow(
      'Invalid session for the user.',
    );
    await expect(
      respond('SOFTWARE_TOKEN_MFA', { USERNAME: ada, SOFTWARE_TOKEN_MFA_CODE: '123456' }, session),
    ).rejects.toThrow('Invalid session for the user.');

    expect((await newPassword(ada, session)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(newPassword(ada, session)).rejects.toThrow(/session can only be used once/);

    const late = await firstSession(eve);
    cognito.advance(181_000);
    await expect(newPassword(eve, late)).rejects.toThrow(/session is expired/);
  });

  it('do not outlive the password that was shown', async () => {
    await givenInvited(ada);
    const session = await firstSession(ada);
    await cognito.sdk.send(
      new aws.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: ada, Password: 'Temporary-2' }),
    );
    await expect(newPassword(ada, session)).rejects.toThrow('Invalid session for the user.');
  });

  it('let a weak password be mended', async () => {
    await givenInvited(ada);
    const session = await firstSession(ada);
    await expect(
      respond('NEW_PASSWORD_REQUIRED', { USERNAME: ada, NEW_PASSWORD: 'weak' }, session),
    ).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    expect((await newPassword(ada, session)).AuthenticationResult).toBeDefined();
  });

  it('let nobody write what the client may not', async () => {
    await givenInvited(ada);
    const responses = { USERNAME: ada, NEW_PASSWORD: password, 'userAttributes.custom:role': 'TenantAdmin' };
    await expect(respond('NEW_PASSWORD_REQUIRED', responses, await firstSession(ada))).rejects.toThrow(
      'A client attempted to write unauthorized attribute',
    );
  });
});

describe('SRP', () => {
  it('takes one answer to one challenge, for its own user and client only', async () => {
    await givenUser(ada);
    await givenUser(eve);
    const { answer } = await srp(ada, password);
    await expect(respond('PASSWORD_VERIFIER', { ...answer, USERNAME: eve })).rejects.toThrow(wrong);
    await expect(respond('PASSWORD_VERIFIER', answer)).rejects.toThrow(/session can only be used once/);
    const again = await srp(ada, password);
    expect((await respond('PASSWORD_VERIFIER', again.answer)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(respond('PASSWORD_VERIFIER', again.answer)).rejects.toThrow(/session can only be used once/);

    const block = Buffer.alloc(900, 7).toString('base64');
    await expect(respond('PASSWORD_VERIFIER', { ...answer, PASSWORD_CLAIM_SECRET_BLOCK: block })).rejects.toThrow(
      wrong,
    );
  });

  it('refuses public values that would give the secret away', async () => {
    await givenUser(ada);
    const modulus = srpClient(0n);
    expect(modulus.publicValue).toBe('1');
    for (const SRP_A of ['0', '1', 'x', 'f'.repeat(768)]) {
      await expect(initiate('USER_SRP_AUTH', { USERNAME: ada, SRP_A })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
  });

  it('shows an unknown user nothing that a known one is not shown', async () => {
    await givenUser(ada);
    const [known, unknown, again] = [
      await srp(ada, 'Wrong-1'),
      await srp('no@example.com', 'Wrong-1'),
      await srp('NO@example.com', 'Wrong-1'),
    ];
    expect(Object.keys(unknown.parameters).sort()).toEqual(Object.keys(known.parameters).sort());
    expect(unknown.parameters['SALT']).toHaveLength(known.parameters['SALT']?.length ?? 0);
    expect(unknown.parameters['USERNAME']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(again.parameters['SALT']).toBe(unknown.parameters['SALT']);
    expect(again.parameters['USERNAME']).toBe(unknown.parameters['USERNAME']);
    await expect(respond('PASSWORD_VERIFIER', known.answer)).rejects.toThrow(wrong);
    await expect(respond('PASSWORD_VERIFIER', unknown.answer)).rejects.toThrow(wrong);
  });
});

describe('guessing', () => {
  it('is locked out after five failures, for unknown names too, longer each time', async () => {
    await givenUser(ada);
    for (const name of [ada, 'no@example.com']) {
      const guess = (secret = 'Wrong-1') => initiate('USER_PASSWORD_AUTH', { USERNAME: name, PASSWORD: secret });
      for (let attempt = 0; attempt < 5; attempt += 1) await expect(guess()).rejects.toThrow(wrong);
      await expect(guess(password)).rejects.toThrow('Password attempts exceeded');
      cognito.advance(1001);
      await expect(guess()).rejects.toThrow(wrong);
      cognito.advance(1001);
      await expect(guess(password)).rejects.toThrow('Password attempts exceeded');
    }
    cognito.advance(2000);
    await signIn(cognito, clientId, ada, password);
  });

  it('a reset code is limited, and an unknown user answers alike', async () => {
    await givenUser(ada);
    const confirm = (Username: string) =>
      cognito.sdk.send(
        new aws.ConfirmForgotPasswordCommand({
          ClientId: clientId,
          Username,
          ConfirmationCode: 'abcdef',
          Password: 'Another-Horse-2',
        }),
      );
    for (const name of [ada, 'no@example.com']) {
      for (let attempt = 0; attempt < 5; attempt += 1)
        await expect(confirm(name)).rejects.toMatchObject({ name: 'CodeMismatchException' });
      await expect(confirm(name)).rejects.toMatchObject({ name: 'LimitExceededException' });
    }
    const forgot = (Username: string) =>
      cognito.sdk.send(new aws.ForgotPasswordCommand({ ClientId: clientId, Username }));
    expect((await forgot('abc@example.com')).CodeDeliveryDetails).toEqual((await forgot(ada)).CodeDeliveryDetails);
  });
});

describe('users who may not sign in', () => {
  it('a disabled user loses tokens, too', async () => {
    await givenUser(ada);
    const tokens = await signIn(cognito, clientId, ada, password);
    await cognito.sdk.send(new aws.AdminDisableUserCommand({ UserPoolId: poolId, Username: ada }));
    await expect(signIn(cognito, clientId, ada, password)).rejects.toThrow('User is disabled.');
    await expect(signIn(cognito, clientId, ada, 'Wrong-1')).rejects.toThrow(wrong);
    await expect(cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      /revoked/,
    );
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: tokens.RefreshToken })).rejects.toThrow(
      'Invalid Refresh Token',
    );
  });

  it('a temporary password expires', async () => {
    await givenInvited(ada);
    cognito.advance(7 * 86_400_000 + 1000);
    await expect(firstSession(ada)).rejects.toThrow(
      'Temporary password has expired and must be reset by an administrator.',
    );
  });

  it('a reset user must set another password', async () => {
    await givenUser(ada);
    await cognito.sdk.send(
      new aws.AdminUpdateUserAttributesCommand({
        UserPoolId: poolId,
        Username: ada,
        UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
      }),
    );
    await cognito.sdk.send(new aws.AdminResetUserPasswordCommand({ UserPoolId: poolId, Username: ada }));
    await expect(signIn(cognito, clientId, ada, password)).rejects.toMatchObject({
      name: 'PasswordResetRequiredException',
    });
  });
});

describe('tokens', () => {
  it('of another client or pool refresh nothing', async () => {
    await givenUser(ada);
    const { RefreshToken } = await signIn(cognito, clientId, ada, password);
    const other = await givenPool(cognito);
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }, other.clientId)).rejects.toThrow(
      'Invalid Refresh Token',
    );
    await cognito.sdk.send(new aws.RevokeTokenCommand({ ClientId: other.clientId, Token: RefreshToken }));
    expect((await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })).AuthenticationResult).toBeDefined();
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'bWFkZS11cA' })).rejects.toThrow(
      'Invalid Refresh Token',
    );
  });

  it('are refused with algorithm none, another key, another use, or changed claims', async () => {
    await givenUser(ada);
    const { AccessToken, IdToken } = await signIn(cognito, clientId, ada, password);
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
      await expect(cognito.sdk.send(new aws.GetUserCommand({ AccessToken: token }))).rejects.toThrow(
        'Invalid Access Token',
      );
    }
  });

  it('write nothing that the client may not', async () => {
    await givenUser(ada);
    const { AccessToken } = await signIn(cognito, clientId, ada, password);
    for (const Name of ['custom:tenantId', 'custom:role', 'email_verified', 'sub', 'given_name']) {
      await expect(
        cognito.sdk.send(
          new aws.UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value: 'true' }] }),
        ),
      ).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'A client attempted to write unauthorized attribute',
      });
    }
    const del = new aws.DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['custom:role'] });
    await expect(cognito.sdk.send(del)).rejects.toThrow('A client attempted to write unauthorized attribute');
  });
});

describe('second factors', () => {
  it('an authenticator code serves once, and its session too', async () => {
    await cognito.sdk.send(
      new aws.SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    await givenUser(ada);
    const byPassword = () => initiate('USER_PASSWORD_AUTH', { USERNAME: ada, PASSWORD: password });
    const code = (secret = '') => totpCode(secret, Math.floor(cognito.now() / 30_000));
    const { Session: setup } = await byPassword();
    await expect(respond('MFA_SETUP', { USERNAME: ada }, setup)).rejects.toThrow(/no software token was verified/);
    const { Session, SecretCode } = await cognito.sdk.send(new aws.AssociateSoftwareTokenCommand({ Session: setup }));
    await expect(
      cognito.sdk.send(new aws.VerifySoftwareTokenCommand({ Session, UserCode: '000000' })),
    ).rejects.toMatchObject({
      name: 'EnableSoftwareTokenMFAException',
    });
    const leftover = (await byPassword()).Session;
    const verified = await cognito.sdk.send(
      new aws.VerifySoftwareTokenCommand({ Session, UserCode: code(SecretCode) }),
    );
    expect((await respond('MFA_SETUP', { USERNAME: ada }, verified.Session)).AuthenticationResult).toBeDefined();
    // Whoever knows the password only must not replace the token that is there now.
    await expect(cognito.sdk.send(new aws.AssociateSoftwareTokenCommand({ Session: leftover }))).rejects.toThrow(
      /Invalid session/,
    );

    const answer = (session?: string) =>
      respond('SOFTWARE_TOKEN_MFA', { USERNAME: ada, SOFTWARE_TOKEN_MFA_CODE: code(SecretCode) }, session);
    await expect(answer((await byPassword()).Session)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    cognito.advance(60_000);
    const session = (await byPassword()).Session;
    expect((await answer(session)).AuthenticationResult).toBeDefined();
    cognito.advance(60_000);
    await expect(answer(session)).rejects.toThrow(/session can only be used once/);
  });
});

describe('flows', () => {
  it('that the client does not list are refused', async () => {
    ({ poolId, clientId } = await givenPool(cognito, {}, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }));
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
      const answer = await fetch(cognito.services.endpoint, {
        method: 'POST',
        headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
        body: JSON.stringify({ UserPoolId: poolId, Username: ada }),
      });
      expect(answer.status).toBe(403);
    }
  });
});
