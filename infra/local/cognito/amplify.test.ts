import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { totpCode } from './sign-in/totp.ts';
import { givenPool, startCognito, type CognitoUnderTest } from './testing/start-cognito.ts';

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
  Amplify.configure({
    Auth: { Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: cognito.services.endpoint } },
  });
});
afterEach(async () => {
  await auth.signOut();
  expect(cognito.services.faults).toEqual([]);
});

async function givenUser(): Promise<void> {
  await cognito.sdk.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'email_verified', Value: 'true' }],
    }),
  );
  await cognito.sdk.send(
    new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: email, Password: password, Permanent: true }),
  );
}

const codeInMail = () => /\d{6}/.exec(cognito.mails[0]?.text ?? '')?.[0] ?? '';
const currentCode = (secret: string) => totpCode(secret, Math.floor(cognito.now() / 30_000));

describe('unmodified aws-amplify', () => {
  it('signs in with SRP, sets the new password, and gets tokens that aws-jwt-verify accepts', async () => {
    await cognito.sdk.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username: email, DesiredDeliveryMediums: ['EMAIL'] }),
    );
    const temporary = /temporary password is (.+)\.$/.exec(cognito.mails[0]?.text ?? '')?.[1] ?? '';

    const first = await auth.signIn({ username: 'ADA@example.com', password: temporary });
    expect(first.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED');
    const second = await auth.confirmSignIn({
      challengeResponse: password,
      options: { userAttributes: { name: 'Ada' } },
    });
    expect(second.isSignedIn).toBe(true);

    const { tokens } = await auth.fetchAuthSession();
    const jwks = (await (await fetch(`${cognito.services.endpoint}/${poolId}/.well-known/jwks.json`)).json()) as Jwks;
    const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId });
    verifier.cacheJwks(jwks);
    const access = await verifier.verify(tokens?.accessToken.toString() ?? '', { tokenUse: 'access' });
    const id = await verifier.verify(tokens?.idToken?.toString() ?? '', { tokenUse: 'id' });
    expect(access).toMatchObject({ client_id: clientId, scope: 'aws.cognito.signin.user.admin', username: access.sub });
    expect(id).toMatchObject({
      email,
      email_verified: false,
      name: 'Ada',
      'cognito:username': id.sub,
      origin_jti: access.origin_jti,
    });
    expect(jwks.keys).toHaveLength(2);
    expect(await auth.getCurrentUser()).toMatchObject({ userId: access.sub, username: access.sub });
  });

  it('refuses a wrong password, and an unknown user in the same words', async () => {
    await givenUser();
    await expect(auth.signIn({ username: email, password: 'Wrong-Horse-1' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expect(auth.signIn({ username: 'nobody@example.com', password })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('refreshes tokens, reads and writes attributes, and changes the password', async () => {
    await givenUser();
    await auth.signIn({ username: email, password });
    const before = await auth.fetchAuthSession();
    const after = await auth.fetchAuthSession({ forceRefresh: true });
    expect(after.tokens?.accessToken.payload.jti).not.toBe(before.tokens?.accessToken.payload.jti);

    await auth.updateUserAttributes({ userAttributes: { name: 'Countess' } });
    expect(await auth.fetchUserAttributes()).toMatchObject({ email, name: 'Countess', email_verified: 'true' });

    await auth.updatePassword({ oldPassword: password, newPassword: 'Another-Horse-2' });
    await auth.signOut();
    await auth.signIn({ username: email, password: 'Another-Horse-2' });
  });

  it('resets a forgotten password with the code from the mail', async () => {
    await givenUser();
    const { nextStep } = await auth.resetPassword({ username: email });
    expect(nextStep.codeDeliveryDetails).toMatchObject({ destination: 'a***@e***', deliveryMedium: 'EMAIL' });
    await auth.confirmResetPassword({
      username: email,
      confirmationCode: codeInMail(),
      newPassword: 'Another-Horse-2',
    });
    expect((await auth.signIn({ username: email, password: 'Another-Horse-2' })).isSignedIn).toBe(true);
  });

  it('sets up an authenticator app and asks for its code at the next sign-in', async () => {
    await cognito.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    await givenUser();
    await auth.signIn({ username: email, password });
    const { sharedSecret } = await auth.setUpTOTP();
    await auth.verifyTOTPSetup({ code: currentCode(sharedSecret) });
    await auth.updateMFAPreference({ totp: 'PREFERRED' });
    expect(await auth.fetchMFAPreference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
    await auth.signOut();

    cognito.advance(60_000);
    const { nextStep } = await auth.signIn({ username: email, password });
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    expect((await auth.confirmSignIn({ challengeResponse: currentCode(sharedSecret) })).isSignedIn).toBe(true);
  });

  it('sets up an authenticator app during the sign-in where the pool demands one', async () => {
    await cognito.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: 'ON',
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
    await givenUser();
    const { nextStep } = await auth.signIn({ username: email, password });
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP')
      throw new Error(`The step is ${nextStep.signInStep}`);
    const code = currentCode(nextStep.totpSetupDetails.sharedSecret);
    expect((await auth.confirmSignIn({ challengeResponse: code })).isSignedIn).toBe(true);
  });

  it('signs out everywhere: tokens of before are refused', async () => {
    await givenUser();
    await auth.signIn({ username: email, password });
    const { tokens } = await auth.fetchAuthSession();
    await auth.signOut({ global: true });
    const answer = await fetch(cognito.services.endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: JSON.stringify({ AccessToken: tokens?.accessToken.toString() }),
    });
    expect(await answer.json()).toEqual({ __type: 'NotAuthorizedException', message: 'Access Token has been revoked' });
  });
});
