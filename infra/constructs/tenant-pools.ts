import { Stack, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The pools of users of this account: a silo's is not known here. Only for what onboarding, users and offboarding need. */
export function tenantPools(scope: Construct): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:cognito-idp:${region}:${account}:userpool/*`;
}

/** For functions whose role names `tenantPools`. */
export function acknowledgeTenantPools(...functions: readonly IFunction[]): void {
  for (const anyPool of functions) {
    Validations.of(anyPool.role ?? anyPool).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cognito-idp:<AWS::Region>:<AWS::AccountId>:userpool/*]',
      reason:
        'Tenant stacks bring pools of their own, which are not known when this stack is deployed; the actions are named.',
    });
  }
}
