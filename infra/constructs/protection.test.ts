import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { TenantTable } from './tenant-table.ts';
import { PeoplePool } from './user-pools.ts';

const stack = new Stack();
new TenantTable(stack, 'Table', { partitionKey: 'tenantId' });
new PeoplePool(stack, 'People', {});
const template = Template.fromStack(stack);

const one = (type: string): unknown => Object.values(template.findResources(type))[0];
/** Deleted only with a stack that could not be made. */
const retained = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

test('a table is protected from deletion, outlives its stack, and can be restored', () => {
  expect(one('AWS::DynamoDB::Table')).toMatchObject({
    ...retained,
    Properties: {
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    },
  });
});

test('a user pool is protected from deletion, and outlives its stack', () => {
  expect(one('AWS::Cognito::UserPool')).toMatchObject({ ...retained, Properties: { DeletionProtection: 'ACTIVE' } });
});

test('nobody signs up by themselves, and passwords are long', () => {
  expect(one('AWS::Cognito::UserPool')).toMatchObject({
    Properties: {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 10 } },
    },
  });
});

test('users can write their name and nothing that decides about rights', () => {
  expect(one('AWS::Cognito::UserPoolClient')).toMatchObject({ Properties: { WriteAttributes: ['name'] } });
});

test('tokens can be revoked, and an unknown user is answered like a wrong password', () => {
  expect(one('AWS::Cognito::UserPoolClient')).toMatchObject({
    Properties: { EnableTokenRevocation: true, PreventUserExistenceErrors: 'ENABLED' },
  });
});
