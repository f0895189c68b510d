import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { CallContext, JsonObject, Principal } from '../service.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { isArnLike } from './invocations/check-permission.ts';
import { givenLambda, role, type GivenLambda } from './testing/given-lambda.ts';

const pool = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEf123';
const cognito = { service: 'cognito-idp.amazonaws.com', sourceArn: pool };
const permissionType = 'AWS::Lambda::Permission';

let given: GivenLambda;
let arn: string;
const asked: [string, string, CallContext | undefined][] = [];
beforeAll(async () => {
  given = await givenLambda({
    identity: {
      ...trustingIdentity,
      authorize(principal, action, resource, context) {
        asked.push([action, resource, context]);
        if (principal.roleArn === role) throw new AwsError('AccessDeniedException', 'not allowed', 403);
      },
      assumeServiceRole(roleArn, trusted, session) {
        if (roleArn.endsWith('untrusting')) throw new AwsError('AccessDenied', 'no trust', 403);
        expect(trusted).toBe('lambda.amazonaws.com');
        return trustingIdentity.assumeServiceRole(roleArn, trusted, session);
      },
    },
  });
  arn = await given.deploy('guarded', 'exports.handler = async () => "in";');
});
afterAll(() => given.stop());

describe('a service as the caller', () => {
  const grant = (properties: JsonObject) =>
    given.create(permissionType, { FunctionName: arn, Action: 'lambda:InvokeFunction', ...properties });

  test('is refused unless a statement names it and its source', async () => {
    const denied = { code: 'AccessDeniedException', status: 403 };
    await expect(given.lambda.invoke(cognito, arn, {})).rejects.toMatchObject(denied);
    await expect(given.lambda.invokeLater(cognito, arn, {})).rejects.toMatchObject(denied);
    const insufficient: JsonObject[] = [
      { Principal: 'events.amazonaws.com' },
      { Principal: cognito.service, SourceArn: `${pool}x` },
      { Principal: cognito.service, SourceAccount: '111111111111' },
      { Principal: cognito.service, Action: 'lambda:GetFunction' },
      {
        Principal: cognito.service,
        FunctionName: `${arn}`,
        SourceArn: pool.replace('cognito-idp', 'cognito-*').replace('userpool', 'other'),
      },
    ];
    for (const properties of insufficient) {
      const id = await grant(properties);
      await expect(given.lambda.invoke(cognito, arn, {})).rejects.toMatchObject(denied);
      await given.remove(permissionType, id, { FunctionName: arn });
    }
  });

  test('is admitted by a statement, until that is gone', async () => {
    const id = await grant({ Principal: cognito.service, SourceArn: `${pool.split('/')[0]}/*` });
    expect(await given.lambda.invoke(cognito, arn, {})).toEqual({ payload: 'in', failed: false });
    await given.remove(permissionType, id, { FunctionName: arn });
    await expect(given.lambda.invoke(cognito, arn, {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  test('a qualified function has a policy of its own', async () => {
    const version = await given.create('AWS::Lambda::Version', { FunctionName: 'guarded' });
    const id = await grant({ Principal: cognito.service });
    await expect(given.lambda.invoke(cognito, version, {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await given.remove(permissionType, id, { FunctionName: arn });
  });

  test('CloudFormation calls the functions of custom resources', async () => {
    const caller = { service: 'cloudformation.amazonaws.com', sourceArn: 'arn:aws:cloudformation:us-east-1:0:stack/s' };
    expect((await given.lambda.invoke(caller, arn, {})).payload).toBe('in');
  });
});

test('a principal needs lambda:InvokeFunction on the function', async () => {
  const caller: Principal = trustingIdentity.assumeServiceRole(role, 'lambda.amazonaws.com', 'session');
  await expect(given.lambda.invoke(caller, arn, {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(given.lambda.invokeLater(caller, arn, {})).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(asked.at(-1)).toEqual(['lambda:InvokeFunction', arn, undefined]);
});

test('a role that Lambda may not assume is refused when the function is made', async () => {
  const Role = 'arn:aws:iam::000000000000:role/untrusting';
  await expect(given.deploy('homeless', 'exports.handler = 1;', { Role })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining('cannot be assumed by Lambda') as string,
  });
});

test.each([
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/c/d', true],
  ['arn:aws:*:us-east-1:000000000000:x', 'arn:aws:sns:us-east-1:000000000000:x', true],
  ['arn:aws:*', 'arn:aws:sns:us-east-1:000000000000:x', false],
  ['arn:aws:sns:us-east-1:000000000000:?', 'arn:aws:sns:us-east-1:000000000000:xy', false],
  ['arn:aws:sns:us-east-1:000000000000:x.z', 'arn:aws:sns:us-east-1:000000000000:xyz', false],
])('ArnLike %s %s', (pattern, text, expected) => expect(isArnLike(pattern, text)).toBe(expected));
