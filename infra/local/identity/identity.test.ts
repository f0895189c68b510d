import { GetRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity, JsonObject, LocalService, Principal } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { createIdentity } from './index.ts';

const root = { accessKeyId: 'test', secretAccessKey: 'test' };
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const refusals: string[] = [];
const logs = { write: (_group: string, _stream: string, lines: readonly string[]) => refusals.push(...lines) };
let identity: LocalService & Identity;
let services: RunningServices;

/** The identity is made of the services' state and needed by the front door: one stands in until the other is there. */
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

const provider = (type: string) => {
  const found = identity.providers?.find((one) => one.type === type);
  if (!found) throw new Error(`no provider of ${type}`);
  return found;
};
const scope = (logicalId: string) => ({ stackName: 'shop', stackId: 'arn:stack', logicalId, tags: { app: 'shop' } });
const trust = (principal: JsonObject, condition: JsonObject = {}): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: ['sts:AssumeRole', 'sts:TagSession'], ...condition }],
});
const grant = (action: string, resource = '*', extra: JsonObject = {}): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...extra }],
});
const lambda = trust({ Service: 'lambda.amazonaws.com' });
const account = trust({ AWS: 'arn:aws:iam::000000000000:root' });

async function createRole(logicalId: string, properties: JsonObject) {
  const request = { ...scope(logicalId), token: `token-${logicalId}`, properties };
  const { physicalId, attributes } = await provider('AWS::IAM::Role').create(request);
  return { name: physicalId, arn: String(attributes['Arn']), request };
}
const session = (arn: string, service = 'lambda.amazonaws.com') => identity.assumeServiceRole(arn, service, 'test');
const can = (principal: Principal, action: string, resource: string): boolean => {
  try {
    identity.authorize(principal, action, resource);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDeniedException', status: 403 });
    return false;
  }
};

describe('roles of CloudFormation', () => {
  test('an unnamed role has a name of its own, the same after a retry', async () => {
    const first = await createRole('Worker', { AssumeRolePolicyDocument: lambda });
    const again = await createRole('Worker', { AssumeRolePolicyDocument: lambda });
    expect(first.name).toMatch(/^shop-Worker-[A-Za-z0-9]{12}$/);
    expect(again).toEqual(first);
    expect(first.arn).toBe(`arn:aws:iam::000000000000:role/${first.name}`);
    const long = await createRole('L'.repeat(200), { AssumeRolePolicyDocument: lambda });
    expect(long.name).toHaveLength(64);
  });

  test('a name that is taken is refused', async () => {
    await createRole('Named', { RoleName: 'taken', AssumeRolePolicyDocument: lambda });
    await expect(createRole('Other', { RoleName: 'taken', AssumeRolePolicyDocument: lambda })).rejects.toMatchObject({
      code: 'EntityAlreadyExists',
    });
  });

  test('what no policy allows is refused in AWS’s words; the root user needs none', async () => {
    const { arn, name } = await createRole('Plain', { AssumeRolePolicyDocument: lambda });
    expect(() => identity.authorize(session(arn), 'dynamodb:GetItem', table)).toThrow(
      `User: arn:aws:sts::000000000000:assumed-role/${name}/test is not authorized to perform: dynamodb:GetItem ` +
        `on resource: ${table} because no identity-based policy allows the dynamodb:GetItem action`,
    );
    const rootUser = { accountId: '000000000000', arn: 'arn:aws:iam::000000000000:root', userId: '000000000000' };
    expect(can(rootUser, 'dynamodb:GetItem', table)).toBe(true);
  });

  test('policies of all kinds count, and stop counting when they go', async () => {
    const policies = [{ PolicyName: 'own', PolicyDocument: grant('s3:GetObject') }];
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const properties = { AssumeRolePolicyDocument: lambda, Policies: policies, ManagedPolicyArns: [basic] };
    const { name, arn, request } = await createRole('Rich', properties);
    const worker = session(arn);
    expect(can(worker, 's3:GetObject', 'arn:aws:s3:::b/k')).toBe(true);
    expect(can(worker, 'logs:PutLogEvents', '*')).toBe(true);

    const inline = { PolicyName: 'tables', PolicyDocument: grant('dynamodb:*', table), Roles: [name] };
    const policy = await provider('AWS::IAM::Policy').create({ ...scope('Tables'), token: 'p', properties: inline });
    const managed = { PolicyDocument: grant('events:PutEvents'), Roles: [name] };
    const managedPolicy = await provider('AWS::IAM::ManagedPolicy').create({
      ...scope('Events'),
      token: 'm',
      properties: managed,
    });
    expect(can(worker, 'dynamodb:GetItem', table)).toBe(true);
    expect(can(worker, 'dynamodb:GetItem', `${table}2`)).toBe(false);
    expect(can(worker, 'events:PutEvents', '*')).toBe(true);

    // An update of the role leaves alone what other resources put onto it.
    await provider('AWS::IAM::Role').update({
      ...request,
      physicalId: name,
      properties: { AssumeRolePolicyDocument: lambda },
      previous: properties,
    });
    expect(can(worker, 's3:GetObject', 'arn:aws:s3:::b/k')).toBe(false);
    expect(can(worker, 'logs:PutLogEvents', '*')).toBe(false);
    expect(can(worker, 'dynamodb:GetItem', table)).toBe(true);

    await provider('AWS::IAM::ManagedPolicy').update({
      ...scope('Events'),
      physicalId: managedPolicy.physicalId,
      properties: { ...managed, PolicyDocument: grant('events:DescribeRule') },
      previous: managed,
    });
    expect(can(worker, 'events:PutEvents', '*')).toBe(false);
    expect(can(worker, 'events:DescribeRule', '*')).toBe(true);
    await provider('AWS::IAM::Policy').delete({
      ...scope('Tables'),
      physicalId: policy.physicalId,
      properties: inline,
    });
    await provider('AWS::IAM::ManagedPolicy').delete({
      ...scope('Events'),
      physicalId: managedPolicy.physicalId,
      properties: managed,
    });
    expect(can(worker, 'dynamodb:GetItem', table)).toBe(false);
    expect(can(worker, 'events:DescribeRule', '*')).toBe(false);
  });

  test('a boundary bounds', async () => {
    const boundary = await provider('AWS::IAM::ManagedPolicy').create({
      ...scope('Boundary'),
      token: 'b',
      properties: { PolicyDocument: grant('s3:*') },
    });
    const { arn } = await createRole('Bounded', {
      AssumeRolePolicyDocument: lambda,
      PermissionsBoundary: boundary.physicalId,
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    expect(can(session(arn), 's3:GetObject', 'arn:aws:s3:::b/k')).toBe(true);
    expect(() => identity.authorize(session(arn), 'dynamodb:GetItem', table)).toThrow(
      'because no permissions boundary',
    );
  });

  test('an unknown managed policy and a broken document are refused', async () => {
    const arns = ['arn:aws:iam::aws:policy/NoSuch'];
    await expect(
      createRole('Bad', { AssumeRolePolicyDocument: lambda, ManagedPolicyArns: arns }),
    ).rejects.toMatchObject({ code: 'NoSuchEntity' });
    await expect(createRole('Bad', { AssumeRolePolicyDocument: grant('*') })).rejects.toMatchObject({
      code: 'MalformedPolicyDocument',
    });
  });

  test('only the trusted service gets a session, and a deleted role’s session may do nothing', async () => {
    const { arn, name, request } = await createRole('Trusting', {
      AssumeRolePolicyDocument: lambda,
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    expect(() => session(arn, 'appsync.amazonaws.com')).toThrow('not authorized to perform: sts:AssumeRole');
    expect(() => session(`${arn}2`)).toThrow('cannot be found');
    const worker = session(arn);
    expect(can(worker, 's3:GetObject', '*')).toBe(true);
    await provider('AWS::IAM::Role').delete({ ...request, physicalId: name });
    expect(can(worker, 's3:GetObject', '*')).toBe(false);
  });

  test('a trust that asks for the source account is met', async () => {
    const condition = { Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } };
    const { arn } = await createRole('Deputy', {
      AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }, condition),
    });
    expect(session(arn).roleArn).toBe(arn);
  });
});

describe('STS over the SDK', () => {
  const sts = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = root) =>
    new STSClient({ endpoint: services.endpoint, region: 'us-east-1', credentials });
  const assume = async (RoleArn: string, more: object = {}, as?: Parameters<typeof sts>[0]) => {
    const { Credentials: issued } = await sts(as).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', ...more }),
    );
    return {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? '',
      expiration: issued?.Expiration,
    };
  };

  test('GetCallerIdentity of the root user and of a session', async () => {
    expect(await sts().send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
      UserId: '000000000000',
    });
    const { arn, name } = await createRole('Person', { AssumeRolePolicyDocument: account });
    expect(await sts(await assume(arn)).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: `arn:aws:sts::000000000000:assumed-role/${name}/me`,
    });
  });

  test('a wrong secret and a missing permission have STS’s own names', async () => {
    const wrong = sts({ accessKeyId: 'test', secretAccessKey: 'wrong' });
    await expect(wrong.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const { arn } = await createRole('Closed', { AssumeRolePolicyDocument: lambda });
    await expect(assume(arn)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(`${arn}-nowhere`)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a role that only the account is trusted with needs a permission of its own', async () => {
    const target = await createRole('Target', { AssumeRolePolicyDocument: account });
    const poor = await assume((await createRole('Poor', { AssumeRolePolicyDocument: account })).arn);
    await expect(assume(target.arn, {}, poor)).rejects.toMatchObject({ name: 'AccessDenied' });
    const rich = await createRole('RichCaller', {
      AssumeRolePolicyDocument: account,
      Policies: [{ PolicyName: 'assume', PolicyDocument: grant('sts:AssumeRole', target.arn) }],
    });
    expect((await assume(target.arn, {}, await assume(rich.arn))).sessionToken).not.toBe('');
    const named = await createRole('NamedTarget', { AssumeRolePolicyDocument: trust({ AWS: rich.arn }) });
    expect((await assume(named.arn, {}, await assume(rich.arn))).sessionToken).not.toBe('');
    await expect(assume(named.arn, {}, poor)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('tags, policy and duration bind the session', async () => {
    const condition = { Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } } };
    const { arn } = await createRole('Tagged', {
      AssumeRolePolicyDocument: trust({ AWS: '000000000000' }, condition),
      Policies: [
        { PolicyName: 'sts', PolicyDocument: grant('*', '*') },
        {
          PolicyName: 'keys',
          PolicyDocument: grant('dynamodb:*', '*'),
        },
      ],
    });
    await expect(assume(arn)).rejects.toMatchObject({ name: 'AccessDenied' });
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const Policy = JSON.stringify(grant('iam:GetRole'));
    const before = Date.now();
    const scoped = await assume(arn, { Tags, Policy, DurationSeconds: 900 });
    expect(Math.abs((scoped.expiration?.getTime() ?? 0) - before - 900_000)).toBeLessThan(10_000);
    await expect(assume(arn, { Tags, DurationSeconds: 7200 })).rejects.toMatchObject({ name: 'ValidationError' });

    const iam = new IAMClient({ endpoint: services.endpoint, region: 'us-east-1', credentials: scoped });
    const RoleName = arn.split('/').at(-1) ?? '';
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Arn).toBe(arn);
    await expect(iam.send(new ListRolesCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because no session policy allows the iam:ListRoles action') as unknown,
    });
    expect(JSON.parse(refusals.at(-1) ?? 'null')).toMatchObject({
      principal: expect.stringContaining(`assumed-role/${RoleName}/`) as unknown,
      action: 'iam:ListRoles',
      outcome: 'implicitDeny',
      statements: [],
    });
  });

  test('what is refused is logged with the statement that did it', async () => {
    const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: table };
    const document = { Version: '2012-10-17', Statement: [...(grant('*')['Statement'] as JsonObject[]), deny] };
    const { arn, name } = await createRole('Denied', {
      AssumeRolePolicyDocument: lambda,
      Policies: [{ PolicyName: 'all-but-one', PolicyDocument: document }],
    });
    const principal = session(arn);
    const before = refusals.length;
    expect(can(principal, 'dynamodb:PutItem', table)).toBe(true);
    expect(refusals).toHaveLength(before);
    expect(can(principal, 'dynamodb:DeleteItem', table)).toBe(false);
    const { outcome, statements } = JSON.parse(refusals.at(-1) ?? 'null') as { outcome: string; statements: object[] };
    expect(outcome).toBe('explicitDeny');
    expect(statements).toMatchObject([{ policy: `role_${name}_all-but-one`, text: JSON.stringify(deny) }]);
  });
});
