import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Environment, Functions, JsonObject, LocalService, ResourceProvider, State } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { createCognito } from '../index.ts';
import type { Client, Pool, User } from '../model.ts';

const environment: Environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: 'http://localhost:4566',
  certificateAuthority: '',
  folder: '',
};
const scope = { stackName: 'shop', stackId: 'arn:shop', logicalId: 'Users', tags: {} };

/** As CDK's UserPool writes it. */
const poolProperties: JsonObject = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'true' },
  AutoVerifiedAttributes: ['email'],
  EmailVerificationMessage: 'The verification code to your new account is {####}',
  EmailVerificationSubject: 'Verify your new account',
  EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
  MfaConfiguration: 'OPTIONAL',
  Policies: { PasswordPolicy: { MinimumLength: '12', RequireLowercase: true, RequireNumbers: true } },
  Schema: [{ Name: 'email', Mutable: true, Required: true }],
  SmsVerificationMessage: 'The verification code to your new account is {####}',
  UserPoolTier: 'ESSENTIALS',
  UsernameAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
    EmailMessage: 'The verification code to your new account is {####}',
    EmailSubject: 'Verify your new account',
    SmsMessage: 'The verification code to your new account is {####}',
  },
};

let state: State;
let service: LocalService;

beforeEach(() => {
  state = createMemoryState();
  service = cognitoOn(state);
});

function cognitoOn(on: State): LocalService {
  const unused = () => Promise.reject(new Error('No trigger is configured'));
  const functions: Functions = { invoke: unused, invokeLater: unused };
  const dependencies = {
    environment,
    functions,
    clock: { now: () => Date.now() },
    mail: { send: async () => undefined },
  };
  return createCognito({ ...dependencies, state: on, logs: { write: () => undefined }, randomBytes });
}

function provider(name: string): ResourceProvider {
  const found = service.providers?.find(({ type }) => type === `AWS::Cognito::${name}`);
  if (!found) throw new Error(`No provider of ${name}`);
  return found;
}

const createPool = (properties = poolProperties, token = 'one') =>
  provider('UserPool').create({ ...scope, token, properties });

describe('AWS::Cognito::UserPool', () => {
  it('makes the pool that CDK describes, the same one again if asked again', async () => {
    const result = await createPool();
    const id = result.physicalId;
    expect(id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(result.attributes).toEqual({
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`,
      UserPoolId: id,
      ProviderName: `cognito-idp.us-east-1.amazonaws.com/${id}`,
      ProviderURL: `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    });
    expect(await createPool()).toEqual(result);
    expect((await createPool(poolProperties, 'two')).physicalId).not.toBe(id);
    expect(state.collection<Pool>('cognito/pools').get(id)?.settings).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireUppercase: false } },
    });
  });

  it.each([
    [
      { LambdaConfig: { DefineAuthChallenge: 'arn:aws:lambda:us-east-1:000000000000:function:f' } },
      /DefineAuthChallenge/,
    ],
    [{ EnabledMfas: ['SMS_MFA'] }, /EnabledMfas.0: expected SOFTWARE_TOKEN_MFA/],
    [{ Policies: { PasswordPolicy: { MinimumLength: 3 } } }, /MinimumLength/],
    [{ AdminCreateUserConfig: { Nonsense: true } }, /Nonsense/],
  ])('refuses %j by name', async (properties, message) => {
    await expect(createPool({ ...poolProperties, ...properties })).rejects.toThrow(message);
  });

  it('changes what may change, and refuses what may not', async () => {
    const { physicalId } = await createPool();
    const update = (properties: JsonObject) =>
      provider('UserPool').update({
        ...scope,
        physicalId,
        previous: poolProperties,
        properties: { ...poolProperties, ...properties },
      });
    await update({
      MfaConfiguration: 'ON',
      Schema: [
        { Name: 'email', Mutable: true, Required: true },
        { Name: 'plan', AttributeDataType: 'String' },
      ],
    });
    expect(state.collection<Pool>('cognito/pools').get(physicalId)?.settings.MfaConfiguration).toBe('ON');
    await expect(update({ UsernameAttributes: ['phone_number'] })).rejects.toThrow(/UsernameAttributes/);
    await expect(update({})).rejects.toThrow(/Existing schema attributes cannot be modified or deleted: custom:plan/);
  });

  it('is gone after deletion, and deleting it again is no error', async () => {
    const { physicalId } = await createPool();
    const request = { ...scope, physicalId, properties: poolProperties };
    await provider('UserPool').delete(request);
    await provider('UserPool').delete(request);
    expect(state.collection('cognito/pools').size).toBe(0);
  });
});

describe('what belongs to a pool', () => {
  it('clients, groups and users survive a restart of the service', async () => {
    const { physicalId: UserPoolId } = await createPool();
    const client = await provider('UserPoolClient').create({
      ...scope,
      token: 'client',
      properties: {
        UserPoolId,
        GenerateSecret: true,
        AllowedOAuthFlows: ['implicit', 'code'],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthScopes: ['openid'],
        CallbackURLs: ['https://example.com'],
        SupportedIdentityProviders: ['COGNITO'],
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        ReadAttributes: ['email'],
      },
    });
    expect(client.physicalId).toMatch(/^[0-9a-z]{26}$/);
    expect(client.attributes).toMatchObject({
      ClientId: client.physicalId,
      ClientSecret: expect.stringMatching(/^[0-9a-z]{51}$/),
    });
    const group = await provider('UserPoolGroup').create({
      ...scope,
      token: 'group',
      properties: { UserPoolId, GroupName: 'staff' },
    });
    expect(group.physicalId).toBe('staff');
    const userProperties = { UserPoolId, Username: 'ada@example.com', MessageAction: 'SUPPRESS' };
    const user = await provider('UserPoolUser').create({ ...scope, token: 'user', properties: userProperties });

    service = cognitoOn(state);
    await service.start?.();
    expect(await provider('UserPoolUser').create({ ...scope, token: 'user', properties: userProperties })).toEqual(
      user,
    );
    expect(state.collection<User>('cognito/users').size).toBe(1);
    await expect(
      provider('UserPoolUser').create({
        ...scope,
        token: 'other',
        properties: { ...userProperties, Username: 'ADA@example.com' },
      }),
    ).rejects.toThrow(/already exists/);
    const again = await provider('UserPoolClient').update({
      ...scope,
      physicalId: client.physicalId,
      previous: {},
      properties: {
        UserPoolId,
        GenerateSecret: true,
        AccessTokenValidity: 10,
        TokenValidityUnits: { AccessToken: 'minutes' },
      },
    });
    expect(again.attributes['ClientSecret']).toBe(client.attributes['ClientSecret']);
    expect(state.collection<Client>('cognito/clients').get(client.physicalId)?.settings.AccessTokenValidity).toBe(10);
  });

  it('a client may not name attributes that the pool lacks', async () => {
    const { physicalId: UserPoolId } = await createPool();
    const create = (properties: JsonObject) =>
      provider('UserPoolClient').create({ ...scope, token: 'client', properties: { UserPoolId, ...properties } });
    await expect(create({ ReadAttributes: ['custom:nothing'] })).rejects.toThrow(/Invalid attribute custom:nothing/);
    await expect(create({ WriteAttributes: ['name'] })).rejects.toThrow(/email is required and must be writable/);
    await expect(create({ ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] })).rejects.toThrow(/ExplicitAuthFlows/);
  });
});
