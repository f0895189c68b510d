import {
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  DeleteUserAttributesCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import {
  aRegistration,
  chosenPassword,
  register,
  signIn,
  temporaryPassword,
  untilOnboarded,
} from '../support/given.ts';
import { readJwt } from '../support/tokens.ts';
import { leavesNoTrace, type Scene } from './scene.ts';

/** Cognito’s own endpoint, as everyone can reach it. */
export function signInAttacks(scene: () => Scene): void {
  const cognito = () => {
    const { endpoint, region } = scene().cotenant.outputs;
    return new CognitoIdentityProviderClient({ endpoint, region });
  };
  const pool = () => scene().cotenant.outputs.pooled;
  const enter = (email: string, password: string) =>
    cognito().send(
      new InitiateAuthCommand({
        ClientId: pool().userPoolClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
  const invited = async () => {
    const { outputs } = scene().cotenant;
    const input = aRegistration();
    const { registration } = await register(outputs, input);
    await untilOnboarded(outputs, registration?.id ?? '');
    return { email: input.adminEmail, temporary: await temporaryPassword(outputs, input.adminEmail) };
  };

  describe('a user’s own attributes', () => {
    test('that decide about rights cannot be written, nor removed, and nothing changes', async () => {
      const { admin } = scene().companies.mallory;
      const AccessToken = admin.accessToken;
      const before = await cognito().send(new GetUserCommand({ AccessToken }));
      const claims = readJwt(AccessToken).payload;
      const victim = scene().companies.alice;
      await leavesNoTrace(scene(), async () => {
        for (const [Name, Value] of [
          ['custom:tenantId', victim.tenantId],
          ['custom:role', 'TENANT_ADMIN'],
          ['tenantId', victim.tenantId],
          ['dev:custom:tenantId', victim.tenantId],
          ['email', victim.admin.email],
          ['email', 'other@mallory.example'],
          ['email_verified', 'true'],
          ['sub', 'another'],
          ['phone_number', '+15555550100'],
          ['cognito:groups', 'x'],
        ]) {
          const write = cognito().send(
            new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }),
          );
          await expect(write, Name).rejects.toMatchObject({
            name: expect.stringMatching(/^(NotAuthorized|InvalidParameter)Exception$/),
          });
          const remove = cognito().send(
            new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: [Name ?? ''] }),
          );
          await expect(remove, Name).rejects.toMatchObject({
            name: expect.stringMatching(/^(NotAuthorized|InvalidParameter)Exception$/),
          });
        }
      });
      expect((await cognito().send(new GetUserCommand({ AccessToken }))).UserAttributes).toEqual(before.UserAttributes);
      const again = await signIn(scene().cotenant.outputs, pool().userPoolClientId, admin.email, admin.password);
      const { tenantId, role, tier, sub, username } = readJwt(again.accessToken).payload;
      expect({ tenantId, role, tier, sub, username }).toEqual({
        tenantId: claims['tenantId'],
        role: claims['role'],
        tier: claims['tier'],
        sub: claims['sub'],
        username: claims['username'],
      });
    });

    test('a name can be written, and gives no right', async () => {
      const { admin } = scene().companies.mallory;
      await cognito().send(
        new UpdateUserAttributesCommand({
          AccessToken: admin.accessToken,
          UserAttributes: [{ Name: 'name', Value: scene().companies.alice.tenantId }],
        }),
      );
      const again = await signIn(scene().cotenant.outputs, pool().userPoolClientId, admin.email, admin.password);
      expect(readJwt(again.accessToken).payload['tenantId']).toBe(scene().companies.mallory.tenantId);
    });

    test('cannot be written with a token that was forged, nor by whoever signs nothing', async () => {
      const { accessToken } = scene().companies.alice.admin;
      const forged = `${accessToken.slice(0, -6)}AAAAAA`;
      await expect(cognito().send(new GetUserCommand({ AccessToken: forged }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
      const { endpoint } = scene().cotenant.outputs;
      for (const operation of [
        'AdminUpdateUserAttributes',
        'AdminSetUserPassword',
        'AdminCreateUser',
        'ListUsers',
        'AdminInitiateAuth',
        'DescribeUserPoolClient',
        'CreateUserPoolClient',
        'AdminAddUserToGroup',
      ]) {
        const response = await fetch(endpoint, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
            authorization: accessToken,
          },
          body: JSON.stringify({ UserPoolId: pool().userPoolId, ClientId: pool().userPoolClientId }),
        });
        expect({ operation, status: response.status, text: await response.text() }).toMatchObject({
          operation,
          status: 403,
        });
      }
    });
  });

  describe('signing in', () => {
    test('with a wrong password, or as nobody, is answered the same', async () => {
      const answer = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
      const { email } = scene().companies.alice.admin;
      for (const [name, password] of [
        [email, 'Wrong-horse-7-staple'],
        [email, ''],
        ['nobody@nowhere.example', chosenPassword],
        ["' OR 1=1 --", 'x'],
        ['🚀', '🚀'],
        ['x'.repeat(128), 'x'],
      ] as const) {
        await expect(enter(name, password), name).rejects.toMatchObject(
          password === '' ? { name: expect.stringMatching(/Exception$/) } : answer,
        );
      }
      await expect(enter(email, chosenPassword)).resolves.toHaveProperty('AuthenticationResult');
    });

    test('an invitation opens with its own temporary password, and only once', async () => {
      const { email, temporary } = await invited();
      const { email: other, temporary: othersPassword } = await invited();
      await expect(enter(email, othersPassword)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(enter(email, `${temporary}x`)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      const { Session } = await enter(email, temporary);
      const choose = (session: string | undefined, USERNAME: string, NEW_PASSWORD = chosenPassword) =>
        cognito().send(
          new RespondToAuthChallengeCommand({
            ClientId: pool().userPoolClientId,
            ChallengeName: 'NEW_PASSWORD_REQUIRED',
            Session: session,
            ChallengeResponses: { USERNAME, NEW_PASSWORD },
          }),
        );
      for (const made of [
        'made-up',
        'x'.repeat(600),
        Buffer.from(JSON.stringify({ username: email }))
          .toString('base64')
          .padEnd(100, 'A'),
        `${Session?.slice(0, -4) ?? ''}AAAA`,
        undefined,
      ]) {
        await expect(choose(made, email), made).rejects.toMatchObject({
          name: expect.stringMatching(/^(NotAuthorized|InvalidParameter|CodeMismatch)Exception$/),
        });
      }
      await expect(choose(Session, other)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(choose(Session, scene().companies.alice.admin.email)).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
      const fresh = (await enter(email, temporary)).Session;
      await expect(choose(fresh, email, 'short')).rejects.toMatchObject({ name: 'InvalidPasswordException' });
      const last = (await enter(email, temporary)).Session;
      await expect(choose(last, email)).resolves.toHaveProperty('AuthenticationResult');
      await expect(choose(last, email, 'Another-horse-7-staple')).rejects.toMatchObject({
        name: 'NotAuthorizedException',
      });
      await expect(enter(email, temporary)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(enter(scene().companies.alice.admin.email, chosenPassword)).resolves.toHaveProperty(
        'AuthenticationResult',
      );
    });

    test('nobody signs up past the registration, or resets another’s password', async () => {
      const ClientId = pool().userPoolClientId;
      const { email } = scene().companies.alice.admin;
      await leavesNoTrace(scene(), async () => {
        await expect(
          cognito().send(new SignUpCommand({ ClientId, Username: 'mallory2@evil.example', Password: chosenPassword })),
        ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
        await cognito().send(new ForgotPasswordCommand({ ClientId, Username: email }));
        for (const ConfirmationCode of ['000000', '123456', 'x']) {
          await expect(
            cognito().send(
              new ConfirmForgotPasswordCommand({
                ClientId,
                Username: email,
                ConfirmationCode,
                Password: 'Mallory-horse-7-staple',
              }),
            ),
          ).rejects.toMatchObject({ name: expect.stringMatching(/^(CodeMismatch|InvalidParameter)Exception$/) });
        }
        await expect(
          cognito().send(new ForgotPasswordCommand({ ClientId, Username: 'nobody@nowhere.example' })),
        ).resolves.toHaveProperty('CodeDeliveryDetails');
        await expect(
          cognito().send(
            new ChangePasswordCommand({
              AccessToken: scene().companies.alice.admin.accessToken,
              PreviousPassword: 'wrong',
              ProposedPassword: 'Mallory-horse-7-staple',
            }),
          ),
        ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      });
      await expect(enter(email, chosenPassword)).resolves.toHaveProperty('AuthenticationResult');
    });
  });

  describe('AWS’s own APIs', () => {
    test('take no request that is not signed, or signed by nobody', async () => {
      const { endpoint, region } = scene().cotenant.outputs;
      const unsigned = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
        body: '{}',
      });
      expect(unsigned.status).toBe(403);
      const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'guessed' };
      await expect(
        new DynamoDBClient({ endpoint, region, credentials, maxAttempts: 1 }).send(new ListTablesCommand({})),
      ).rejects.toMatchObject({
        $metadata: { httpStatusCode: expect.toSatisfy((status: number) => status === 400 || status === 403) },
      });
      const client = new CognitoIdentityProviderClient({ endpoint, region, credentials, maxAttempts: 1 });
      const command = new AdminUpdateUserAttributesCommand({
        UserPoolId: pool().userPoolId,
        Username: scene().companies.alice.admin.email,
        UserAttributes: [{ Name: 'email', Value: 'm@evil.example' }],
      });
      await expect(client.send(command)).rejects.toMatchObject({
        $metadata: { httpStatusCode: expect.toSatisfy((status: number) => status === 400 || status === 403) },
      });
    });
  });
}
