import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { expect, test } from 'vitest';
import { compileDocument } from '../local/identity/policy/compile.ts';
import { evaluate } from '../local/identity/policy/evaluate.ts';
import { evaluateTrust } from '../local/identity/policy/evaluate-trust.ts';
import { requestContext } from '../local/identity/policy/request-context.ts';
import type { ConditionContext, JsonObject } from '../local/service.ts';
import { TenantDataRole } from './tenant-data-role.ts';

const stack = new Stack();
const table = (id: string) => new Table(stack, id, { partitionKey: { name: 'key', type: AttributeType.STRING } });
new TenantDataRole(stack, 'DataRole', { sharded: [table('Orders')], byTenant: [table('Users')] });
const template = Template.fromStack(stack);

/** The one resource of a type, with the tables' ARNs in place of what CloudFormation would put there. */
function propertiesOf(type: string): JsonObject {
  const [resource] = Object.values(template.findResources(type)) as { readonly Properties: JsonObject }[];
  const text = JSON.stringify(resource?.Properties)
    .replaceAll(/\{"Fn::GetAtt":\["(Orders|Users)[^"]*","Arn"\]\}/g, '"arn:aws:dynamodb:us-east-1:1:table/$1"')
    .replaceAll(
      /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":iam::",\{"Ref":"AWS::AccountId"\},":root"\]\]\}/g,
      '"arn:aws:iam::1:root"',
    );
  return JSON.parse(text) as JsonObject;
}
const policy = compileDocument(propertiesOf('AWS::IAM::Policy')['PolicyDocument'] as JsonObject);
const trust = compileDocument(propertiesOf('AWS::IAM::Role')['AssumeRolePolicyDocument'] as JsonObject, 'trust');

/** Whether a session with that tag may, by the role's own policy as the template has it. */
function may(name: string, tag: string | undefined, keys?: readonly string[], action = 'BatchGetItem'): boolean {
  const context: ConditionContext = {
    ...(tag !== undefined && { 'aws:PrincipalTag/TenantId': tag }),
    ...(keys && { 'dynamodb:LeadingKeys': keys }),
  };
  const policies = { identity: policy, boundary: undefined, session: undefined };
  const resource = `arn:aws:dynamodb:us-east-1:1:table/${name}`;
  return (
    evaluate(
      policies,
      `dynamodb:${action}`,
      resource,
      requestContext(() => context),
    ) === undefined
  );
}

test('a session reaches the rows of its tenant and no others', () => {
  expect(may('Orders', 'T1', ['T1#0', 'T1#1'])).toBe(true);
  expect(may('Users', 'T1', ['T1'])).toBe(true);
  for (const keys of [['T10#0'], ['T1#0', 'T2#0'], ['T1'], [''], undefined])
    expect(may('Orders', 'T1', keys)).toBe(false);
  for (const keys of [['T10'], ['T1#0'], ['T1', 'T2'], undefined]) expect(may('Users', 'T1', keys)).toBe(false);
});

test('without a tag it reaches nothing, and a tag is no pattern', () => {
  for (const tag of [undefined, '', '*', 'T?', '${aws:username}']) {
    expect(may('Orders', tag, ['T1#0'])).toBe(false);
    expect(may('Users', tag, ['T1'])).toBe(false);
  }
});

test('it reads and writes rows, and neither scans tables nor manages them', () => {
  for (const action of ['Scan', 'DeleteTable', 'UpdateTable', 'PutItem', 'PartiQLSelect']) {
    expect(may('Orders', 'T1', ['T1#0'], action)).toBe(false);
  }
  expect(may('Elsewhere', 'T1', ['T1#0'])).toBe(false);
});

test('nobody assumes it without naming one tenant and nothing else', () => {
  const caller = { accountId: '1', arn: 'arn:aws:sts::1:assumed-role/worker/x', roleArn: 'arn:aws:iam::1:role/worker' };
  const trusts = (tags: Readonly<Record<string, string>>, by = caller) => {
    const context: ConditionContext = {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...(Object.keys(tags).length > 0 && { 'aws:TagKeys': Object.keys(tags) }),
    };
    return ['sts:AssumeRole', 'sts:TagSession'].every(
      (action) =>
        evaluateTrust(
          trust,
          action,
          by,
          requestContext(() => context),
        ) !== 'none',
    );
  };
  expect(trusts({ TenantId: 'T1' })).toBe(true);
  expect(trusts({})).toBe(false);
  expect(trusts({ TenantId: '' })).toBe(false);
  expect(trusts({ TenantId: 'T1', role: 'admin' })).toBe(false);
  expect(trusts({ role: 'admin' })).toBe(false);
  expect(trusts({ TenantId: 'T1' }, { ...caller, accountId: '2' })).toBe(false);
});
