import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity, JsonObject, LocalService, Principal } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { createIdentity } from './index.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const logs = { write: () => undefined };
let identity: LocalService & Identity;
let services: RunningServices;
let roles = 0;

/** Stands in until there is the one that the services' state is needed for. */
const late: Identity = {
  authenticate: (request) => identity.authenticate(request),
  authorize: (...args) => identity.authorize(...args),
  assumeServiceRole: (...args) => identity.assumeServiceRole(...args),
  issueCredentials: (...args) => identity.issueCredentials(...args),
};

beforeAll(async () => {
  services = await startServices((environment, state) => {
    identity = createIdentity({ state, environment, clock: Date, logs });
    return [identity];
  }, late);
});
afterAll(async () => {
  expect(services.faults).toEqual([]);
  await services.stop();
});

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
const sts = (credentials: Keys = { accessKeyId: 'test', secretAccessKey: 'test' }) =>
  new STSClient({ endpoint: services.endpoint, region: 'us-east-1', credentials });

async function assume(RoleArn: string, more: object, as?: Keys): Promise<Keys> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...more });
  const { Credentials } = await sts(as).send(command);
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

async function aRole(statements: JsonObject[], condition: JsonObject = {}): Promise<string> {
  roles += 1;
  const provider = identity.providers?.find(({ type }) => type === 'AWS::IAM::Role');
  if (!provider) throw new Error('no provider of AWS::IAM::Role');
  const { attributes } = await provider.create({
    stackName: 'shop',
    stackId: 'arn:stack',
    logicalId: `Role${roles}`,
    tags: {},
    token: `token-${roles}`,
    properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::000000000000:root' },
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            ...condition,
          },
        ],
      },
      Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
    },
  });
  return String(attributes['Arn']);
}

const tags = (values: Record<string, string>) => ({
  Tags: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
});

describe('transitive session tags', () => {
  const assumeAnything = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: '*' };

  test('reach the session that a session asks for, and can be required there', async () => {
    const first = await aRole([assumeAnything]);
    const second = await aRole([assumeAnything], { Condition: { StringEquals: { 'aws:PrincipalTag/tenant': 'a' } } });
    const third = await aRole([assumeAnything], { Condition: { StringEquals: { 'aws:PrincipalTag/tenant': 'a' } } });
    const passing = await assume(first, { ...tags({ tenant: 'a', colour: 'blue' }), TransitiveTagKeys: ['tenant'] });
    const inherited = await assume(second, {}, passing);
    expect((await assume(third, {}, inherited)).sessionToken).not.toBe('');

    // One that is not transitive ends with its own session.
    const keeping = await assume(first, tags({ tenant: 'a' }));
    const without = await assume(second, {}, keeping);
    await expect(assume(third, {}, without)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('cannot be set again, and have to be tags', async () => {
    const role = await aRole([assumeAnything]);
    const passing = await assume(role, { ...tags({ tenant: 'a' }), TransitiveTagKeys: ['tenant'] });
    await expect(assume(role, tags({ tenant: 'b' }), passing)).rejects.toThrow('cannot be set again');
    await expect(assume(role, { TransitiveTagKeys: ['tenant'] })).rejects.toThrow('expected keys of Tags');
  });
});

test('tags need sts:TagSession beside sts:AssumeRole', async () => {
  const target = await aRole([]);
  const caller = await aRole([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }]);
  const keys = await assume(caller, {});
  expect((await assume(target, {}, keys)).sessionToken).not.toBe('');
  await expect(assume(target, tags({ tenant: 'a' }), keys)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('sts:TagSession') as unknown,
  });
});

describe('rows of the tenant that a session is tagged with', () => {
  const own = (Condition: JsonObject) => [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: table, Condition }];
  const prefix = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': '${aws:PrincipalTag/TenantId}#*' } };
  const guarded = { ...prefix, Null: { 'dynamodb:LeadingKeys': 'false' } };
  const session = (roleArn: string, sessionTags: Record<string, string>): Principal => ({
    accountId: '000000000000',
    arn: `arn:aws:sts::000000000000:assumed-role/${roleArn.split('/').at(-1) ?? ''}/me`,
    userId: 'AROA:me',
    roleArn,
    sessionTags,
  });
  const may = (principal: Principal, leadingKeys?: string[]) => {
    try {
      const context = leadingKeys && { 'dynamodb:LeadingKeys': leadingKeys };
      identity.authorize(principal, 'dynamodb:BatchGetItem', table, context);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'AccessDeniedException' });
      return false;
    }
  };

  test('and of no other: neither among its own, nor by a call that names none', async () => {
    const tenant = session(await aRole(own(guarded)), { TenantId: 'A' });
    expect(may(tenant, ['A#0', 'A#1'])).toBe(true);
    expect(may(tenant, ['B#0'])).toBe(false);
    expect(may(tenant, ['A#0', 'B#0'])).toBe(false);
    expect(may(tenant, ['AB#0'])).toBe(false);
    expect(may(tenant)).toBe(false);
    // What the guard is for: nothing is all of a tenant's.
    expect(may(session(await aRole(own(prefix)), { TenantId: 'A' }))).toBe(true);
  });

  test('none without the tag, and a tag is no pattern', async () => {
    const role = await aRole(own(guarded));
    expect(may(session(role, {}), ['A#0'])).toBe(false);
    expect(may(session(role, {}), ['#0'])).toBe(false);
    expect(may(session(role, { TenantId: '*' }), ['A#0'])).toBe(false);
    expect(may(session(role, { TenantId: '' }), ['A#0'])).toBe(false);
  });
});
