import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../service.ts';
import { startServices } from '../../testing/start-services.ts';
import { createIdentity } from '../index.ts';

const logs = { write: () => undefined };
const lambda: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const anything: JsonObject = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

test('IAM over the SDK: a role’s whole life', async () => {
  const services = await startServices((environment, state) => [
    createIdentity({ state, environment, clock: Date, logs }),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const iam = new IAMClient({ endpoint: services.endpoint, region: 'us-east-1', credentials });
  const RoleName = 'by-hand';
  const created = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify(lambda),
      Tags: [{ Key: 'a', Value: 'b' }],
    }),
  );
  expect(created.Role?.Arn).toBe('arn:aws:iam::000000000000:role/by-hand');
  expect(created.Role?.RoleId).toMatch(/^AROA[A-F0-9]{17}$/);
  await expect(
    iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(lambda) })),
  ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });

  const PolicyName = 'p';
  const PolicyDocument = JSON.stringify(anything);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PolicyDocument);
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['p']);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([
    { PolicyName: 'AdministratorAccess', PolicyArn },
  ]);
  const described = (await iam.send(new GetRoleCommand({ RoleName }))).Role;
  expect(JSON.parse(decodeURIComponent(described?.AssumeRolePolicyDocument ?? ''))).toEqual(lambda);
  expect(described?.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  await iam.send(
    new CreateRoleCommand({ RoleName: 'another', AssumeRolePolicyDocument: JSON.stringify(lambda), Path: '/x/' }),
  );
  const first = await iam.send(new ListRolesCommand({ MaxItems: 1 }));
  expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'another', Path: '/x/' }] });
  const second = await iam.send(new ListRolesCommand({ MaxItems: 1, Marker: first.Marker }));
  expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName }] });
  expect((await iam.send(new ListRolesCommand({ PathPrefix: '/x/' }))).Roles).toHaveLength(1);

  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  expect(services.faults).toEqual([]);
  await services.stop();
});

test('SimulatePrincipalPolicy says which statements of a role’s policies decide', async () => {
  const services = await startServices((environment, state) => [
    createIdentity({ state, environment, clock: Date, logs }),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const iam = new IAMClient({ endpoint: services.endpoint, region: 'us-east-1', credentials });
  const RoleName = 'reader';
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(lambda) }));
  const own = { 'dynamodb:LeadingKeys': 'acme' };
  const statements = [
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*', Condition: { StringEquals: own } },
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::kept/*' },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }));

  const PolicySourceArn = 'arn:aws:iam::000000000000:role/reader';
  const simulate = async (action: string, resource: string, leadingKey = 'acme') => {
    const { EvaluationResults: [result] = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: [action],
        ResourceArns: [resource],
        ContextEntries: [
          { ContextKeyName: 'dynamodb:LeadingKeys', ContextKeyValues: [leadingKey], ContextKeyType: 'stringList' },
        ],
      }),
    );
    const texts = (result?.MatchedStatements ?? []).map(({ SourcePolicyId, StartPosition, EndPosition }) => {
      expect(SourcePolicyId).toBe('role_reader_p');
      return JSON.parse(
        PolicyDocument.slice((StartPosition?.Column ?? 0) - 1, (EndPosition?.Column ?? 0) - 1),
      ) as object;
    });
    return [result?.EvalDecision, ...texts];
  };
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/products';
  expect(await simulate('dynamodb:GetItem', table)).toEqual(['allowed', statements[0]]);
  expect(await simulate('dynamodb:GetItem', table, 'globex')).toEqual(['implicitDeny']);
  expect(await simulate('s3:GetObject', 'arn:aws:s3:::kept/a')).toEqual(['allowed', statements[1]]);
  expect(await simulate('s3:DeleteObject', 'arn:aws:s3:::kept/a')).toEqual(['explicitDeny', statements[2]]);
  await expect(
    iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: `${PolicySourceArn}s`, ActionNames: ['s3:GetObject'] }),
    ),
  ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  iam.destroy();
  await services.stop();
});
