import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { totpCode } from '../sign-in/totp.ts';
import { attacker, ada, password, wrong } from '../testing/attacker.ts';
import { givenPool } from '../testing/start-cognito.ts';
import { signIn } from '../testing/tokens.ts';
import { useCognito } from '../testing/use-cognito.ts';

const place = useCognito();
const { givenInvited, givenUser, initiate, respond, firstSession } = attacker(place);

describe('guessing', () => {
  it('is locked out after five failures, for unknown names too, longer each time', async () => {
    await givenUser(ada);
    for (const name of [ada, 'no@example.com']) {
      const guess = (secret = 'Wrong-1') => initiate('USER_PASSWORD_AUTH', { USERNAME: name, PASSWORD: secret });
      for (let attempt = 0; attempt < 5; attempt += 1) await expect(guess()).rejects.toThrow(wrong);
      await expect(guess(password)).rejects.toThrow('Password attempts exceeded');
      place.cognito.advance(1001);
      await expect(guess()).rejects.toThrow(wrong);
      place.cognito.advance(1001);
      await expect(guess(password)).rejects.toThrow('Password attempts exceeded');
    }
    place.cognito.advance(2000);
    await signIn(place.cognito, place.clientId, ada, password);
  });

  it('a reset code is limited, and an unknown user answers alike', async () => {
    await givenUser(ada);
    const confirm = (Username: string) =>
      place.cognito.sdk.send(
        new aws.ConfirmForgotPasswordCommand({
          ClientId: place.clientId,
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
      place.cognito.sdk.send(new aws.ForgotPasswordCommand({ ClientId: place.clientId, Username }));
    expect((await forgot('abc@example.com')).CodeDeliveryDetails).toEqual((await forgot(ada)).CodeDeliveryDetails);
  });
});

describe('users who may not sign in', () => {
  it('a disabled user loses tokens, too', async () => {
    await givenUser(ada);
    const tokens = await signIn(place.cognito, place.clientId, ada, password);
    await place.cognito.sdk.send(new aws.AdminDisableUserCommand({ UserPoolId: place.poolId, Username: ada }));
    await expect(signIn(place.cognito, place.clientId, ada, password)).rejects.toThrow('User is disabled.');
    await expect(signIn(place.cognito, place.clientId, ada, 'Wrong-1')).rejects.toThrow(wrong);
    await expect(place.cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      /revoked/,
    );
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: tokens.RefreshToken })).rejects.toThrow(
      'Refresh Token has been revoked',
    );
  });

  it('a temporary password expires', async () => {
    await givenInvited(ada);
    place.cognito.advance(7 * 86_400_000 + 1000);
    await expect(firstSession(ada)).rejects.toThrow(
      'Temporary password has expired and must be reset by an administrator.',
    );
  });

  it('a reset user must set another password', async () => {
    await givenUser(ada);
    await place.cognito.sdk.send(
      new aws.AdminUpdateUserAttributesCommand({
        UserPoolId: place.poolId,
        Username: ada,
        UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
      }),
    );
    await place.cognito.sdk.send(new aws.AdminResetUserPasswordCommand({ UserPoolId: place.poolId, Username: ada }));
    await expect(signIn(place.cognito, place.clientId, ada, password)).rejects.toMatchObject({
      name: 'PasswordResetRequiredException',
    });
  });
});

describe('second factors', () => {
  it('an authenticator code serves once, and its session too', async () => {
    await place.cognito.sdk.send(
      new aws.SetUserPoolMfaConfigCommand({
        UserPoolId: place.poolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    await givenUser(ada);
    const byPassword = () => initiate('USER_PASSWORD_AUTH', { USERNAME: ada, PASSWORD: password });
    const code = (secret = '') => totpCode(secret, Math.floor(place.cognito.now() / 30_000));
    const { Session: setup } = await byPassword();
    await expect(respond('MFA_SETUP', { USERNAME: ada }, setup)).rejects.toThrow(/no software token was verified/);
    const { Session, SecretCode } = await place.cognito.sdk.send(
      new aws.AssociateSoftwareTokenCommand({ Session: setup }),
    );
    await expect(
      place.cognito.sdk.send(new aws.VerifySoftwareTokenCommand({ Session, UserCode: '000000' })),
    ).rejects.toMatchObject({
      name: 'EnableSoftwareTokenMFAException',
    });
    const leftover = (await byPassword()).Session;
    const verified = await place.cognito.sdk.send(
      new aws.VerifySoftwareTokenCommand({ Session, UserCode: code(SecretCode) }),
    );
    expect((await respond('MFA_SETUP', { USERNAME: ada }, verified.Session)).AuthenticationResult).toBeDefined();
    // Whoever knows the password only must not replace the token that is there now.
    await expect(place.cognito.sdk.send(new aws.AssociateSoftwareTokenCommand({ Session: leftover }))).rejects.toThrow(
      /Invalid session/,
    );

    const answer = (session?: string) =>
      respond('SOFTWARE_TOKEN_MFA', { USERNAME: ada, SOFTWARE_TOKEN_MFA_CODE: code(SecretCode) }, session);
    await expect(answer((await byPassword()).Session)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    place.cognito.advance(60_000);
    const session = (await byPassword()).Session;
    expect((await answer(session)).AuthenticationResult).toBeDefined();
    place.cognito.advance(60_000);
    await expect(answer(session)).rejects.toThrow(/session can only be used once/);
  });
});

describe('passwords', () => {
  it('are kept as verifiers only, and not used again where the pool remembers them', async () => {
    Object.assign(
      place,
      await givenPool(place.cognito, {
        Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 1 } },
      }),
    );
    await givenUser(ada);
    const { AccessToken } = await signIn(place.cognito, place.clientId, ada, password);
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      place.cognito.sdk.send(new aws.ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
    await expect(change('Wrong-1', 'Another-Horse-2')).rejects.toThrow(wrong);
    await expect(change(password, password)).rejects.toMatchObject({ name: 'PasswordHistoryPolicyViolationException' });
    await change(password, 'Another-Horse-2');
    const stored = JSON.stringify([...place.cognito.state.collection('cognito/users').values()]);
    expect(stored).not.toContain(password);
    expect(stored).not.toContain('Another-Horse-2');
  });

  it('of a code once used cannot be set again', async () => {
    await givenUser(ada);
    await place.cognito.sdk.send(
      new aws.AdminUpdateUserAttributesCommand({
        UserPoolId: place.poolId,
        Username: ada,
        UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
      }),
    );
    await place.cognito.sdk.send(new aws.ForgotPasswordCommand({ ClientId: place.clientId, Username: ada }));
    const ConfirmationCode = /\d{6}/.exec(place.cognito.mails[0]?.text ?? '')?.[0];
    const confirm = new aws.ConfirmForgotPasswordCommand({
      ClientId: place.clientId,
      Username: ada,
      ConfirmationCode,
      Password: 'Another-Horse-2',
    });
    await place.cognito.sdk.send(confirm);
    await expect(place.cognito.sdk.send(confirm)).rejects.toMatchObject({ name: 'CodeMismatchException' });

    await place.cognito.sdk.send(new aws.ForgotPasswordCommand({ ClientId: place.clientId, Username: ada }));
    const late = /\d{6}/.exec(place.cognito.mails[0]?.text ?? '')?.[0];
    place.cognito.advance(3_601_000);
    const tooLate = new aws.ConfirmForgotPasswordCommand({ ...confirm.input, ConfirmationCode: late });
    await expect(place.cognito.sdk.send(tooLate)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  });
});
