import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../errors.ts';
import { givenPool, startCognito, type CognitoUnderTest } from './testing/start-cognito.ts';
import { claimsOf, signIn } from './testing/tokens.ts';

const email = 'ada@example.com';
const password = 'Correct-Horse-1';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:claims';

let cognito: CognitoUnderTest;
let poolId: string;
let clientId: string;

beforeAll(async () => {
  cognito = await startCognito();
});
afterAll(() => cognito.stop());

async function givenTrigger(LambdaConfig: aws.LambdaConfigType): Promise<string> {
  ({ poolId, clientId } = await givenPool(cognito, { LambdaConfig }));
  const { User } = await cognito.sdk.send(
    new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username: email, MessageAction: 'SUPPRESS' }),
  );
  await cognito.sdk.send(
    new aws.AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: email, Password: password, Permanent: true }),
  );
  return User?.Username ?? '';
}

beforeEach(() => {
  cognito.invocations.length = 0;
  cognito.onInvoke = (payload) => ({ payload, failed: false });
});

describe('pre token generation V2_0', () => {
  const version2 = { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: functionArn } } as const;

  it('is sent the event as AWS sends it, and changes claims, scopes and groups of both tokens', async () => {
    const sub = await givenTrigger(version2);
    cognito.onInvoke = (payload) => ({
      failed: false,
      payload: {
        ...payload,
        response: {
          claimsAndScopeOverrideDetails: {
            idTokenGeneration: { claimsToAddOrOverride: { plan: 'gold' }, claimsToSuppress: ['email'] },
            accessTokenGeneration: {
              claimsToAddOrOverride: { tenantId: 't1', limits: { rate: 5 }, sub: 'forged', exp: 1 },
              scopesToAdd: ['orders/read'],
              scopesToSuppress: ['aws.cognito.signin.user.admin'],
            },
            groupOverrideDetails: { groupsToOverride: ['TenantAdmin'] },
          },
        },
      },
    });
    const tokens = await signIn(cognito, clientId, email, password);
    expect(cognito.invocations[0]).toEqual({
      caller: {
        service: 'cognito-idp.amazonaws.com',
        sourceArn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`,
      },
      functionArn,
      payload: {
        version: '2',
        triggerSource: 'TokenGeneration_Authentication',
        region: 'us-east-1',
        userPoolId: poolId,
        userName: sub,
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
        request: {
          userAttributes: { sub, 'cognito:user_status': 'CONFIRMED', email, email_verified: 'false' },
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
          scopes: ['aws.cognito.signin.user.admin'],
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
    });
    expect(claimsOf(tokens.AccessToken)).toMatchObject({
      sub,
      tenantId: 't1',
      limits: { rate: 5 },
      scope: 'orders/read',
      'cognito:groups': ['TenantAdmin'],
    });
    expect(claimsOf(tokens.AccessToken)['exp']).toBeGreaterThan(1);
    expect(claimsOf(tokens.IdToken)).toMatchObject({ plan: 'gold', 'cognito:groups': ['TenantAdmin'] });
    expect(claimsOf(tokens.IdToken)).not.toHaveProperty('email');
    await expect(cognito.sdk.send(new aws.GetUserCommand({ AccessToken: tokens.AccessToken }))).rejects.toThrow(
      /required scopes/,
    );
  });

  it('runs again at a refresh', async () => {
    await givenTrigger(version2);
    const { RefreshToken } = await signIn(cognito, clientId, email, password);
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    await cognito.sdk.send(
      new aws.InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }),
    );
    expect(cognito.invocations[1]?.payload).toMatchObject({ triggerSource: 'TokenGeneration_RefreshTokens' });
  });

  it('gives no tokens if it fails, cannot be run, or answers nonsense', async () => {
    await givenTrigger(version2);
    cognito.onInvoke = () => ({ failed: true, payload: { errorType: 'Error', errorMessage: 'tenant suspended' } });
    await expect(signIn(cognito, clientId, email, password)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error tenant suspended.',
    });
    cognito.onInvoke = () => Promise.reject(new AwsError('AccessDeniedException', 'no permission', 403));
    await expect(signIn(cognito, clientId, email, password)).rejects.toMatchObject({
      name: 'UnexpectedLambdaException',
    });
    cognito.onInvoke = () => ({ failed: false, payload: 'ok' });
    await expect(signIn(cognito, clientId, email, password)).rejects.toMatchObject({
      name: 'InvalidLambdaResponseException',
    });
    expect(cognito.state.collection<{ poolId: string }>('cognito/sign-ins').size).toBe(
      [...cognito.state.collection<{ poolId: string }>('cognito/sign-ins').values()].filter(
        (entry) => entry.poolId !== poolId,
      ).length,
    );
  });

  it('gives no tokens to a user who was disabled while it ran', async () => {
    await givenTrigger(version2);
    cognito.onInvoke = async (payload) => {
      await cognito.sdk.send(new aws.AdminDisableUserCommand({ UserPoolId: poolId, Username: email }));
      return { payload, failed: false };
    };
    await expect(signIn(cognito, clientId, email, password)).rejects.toThrow('User is disabled.');
  });
});

describe('other triggers', () => {
  it('V1 pre token generation changes the id token only', async () => {
    await givenTrigger({ PreTokenGeneration: functionArn });
    cognito.onInvoke = (payload) => ({
      failed: false,
      payload: {
        ...payload,
        response: { claimsOverrideDetails: { claimsToAddOrOverride: { plan: 'gold' }, claimsToSuppress: ['email'] } },
      },
    });
    const tokens = await signIn(cognito, clientId, email, password);
    expect(cognito.invocations[0]?.payload).toMatchObject({ version: '1', response: { claimsOverrideDetails: null } });
    expect(claimsOf(tokens.IdToken)).toMatchObject({ plan: 'gold' });
    expect(claimsOf(tokens.IdToken)).not.toHaveProperty('email');
    expect(claimsOf(tokens.AccessToken)).not.toHaveProperty('plan');
  });

  it('run around a sign-in and may refuse it', async () => {
    await givenTrigger({ PreAuthentication: functionArn, PostAuthentication: functionArn });
    await signIn(cognito, clientId, email, password);
    expect(cognito.invocations.map(({ payload }) => (payload as { triggerSource?: string }).triggerSource)).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
    ]);
    cognito.onInvoke = () => ({ failed: true, payload: { errorMessage: 'not today' } });
    await expect(signIn(cognito, clientId, email, password)).rejects.toThrow(
      'PreAuthentication failed with error not today.',
    );
  });

  it('word the mails', async () => {
    ({ poolId } = await givenPool(cognito, { LambdaConfig: { CustomMessage: functionArn } }));
    cognito.onInvoke = (payload) => ({
      failed: false,
      payload: { ...payload, response: { emailSubject: 'Hi', emailMessage: 'You are {username}, {####}' } },
    });
    await cognito.sdk.send(
      new aws.AdminCreateUserCommand({ UserPoolId: poolId, Username: email, TemporaryPassword: 'Temporary-1' }),
    );
    expect(cognito.mails[0]).toMatchObject({ subject: 'Hi', text: `You are ${email}, Temporary-1` });
    expect(cognito.invocations[0]?.payload).toMatchObject({ triggerSource: 'CustomMessage_AdminCreateUser' });
    expect(JSON.stringify(cognito.invocations)).not.toContain('Temporary-1');
  });
});
