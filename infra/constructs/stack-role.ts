import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { grant } from './grant.ts';
import { allow } from './plane-function.ts';

/** Names that CloudFormation gives to what it makes in tenant stacks begin with the stack's. */
export const tenantStackNames = ['cotenant-pooled', 'cotenant-tenant-*'] as const;

const all = (service: string, names: readonly string[]): string[] => names.map((name) => `${service}:${name}`);

/** Source: AWS Service Authorization Reference; what CloudFormation's resource types of the tenant template ask for. */
const actions = {
  appsync: all('appsync', [
    ...['GraphqlApi', 'DataSource', 'Function', 'Resolver'].flatMap((name) =>
      ['Create', 'Get', 'Update', 'Delete'].map((verb) => `${verb}${name}`),
    ),
    'StartSchemaCreation',
    'GetSchemaCreationStatus',
    'GetIntrospectionSchema',
    'ListFunctions',
    'PutGraphqlApiEnvironmentVariables',
    'GetGraphqlApiEnvironmentVariables',
    'SetWebACL',
    'TagResource',
    'UntagResource',
    'ListTagsForResource',
  ]),
  firewall: all('wafv2', ['AssociateWebACL', 'DisassociateWebACL', 'GetWebACLForResource', 'GetWebACL']),
  dynamodb: all('dynamodb', [
    ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable', 'DescribeContinuousBackups'],
    ...['UpdateContinuousBackups', 'DescribeTimeToLive', 'UpdateTimeToLive', 'DescribeContributorInsights'],
    ...[
      'DescribeKinesisStreamingDestination',
      'GetResourcePolicy',
      'TagResource',
      'UntagResource',
      'ListTagsOfResource',
    ],
  ]),
  lambda: all('lambda', [
    ...[
      'CreateFunction',
      'GetFunction',
      'GetFunctionConfiguration',
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
    ],
    ...['DeleteFunction', 'InvokeFunction', 'AddPermission', 'RemovePermission', 'GetPolicy', 'TagResource'],
    ...['UntagResource', 'ListTags', 'GetFunctionCodeSigningConfig', 'GetRuntimeManagementConfig'],
    ...['GetFunctionRecursionConfig', 'PutFunctionConcurrency', 'DeleteFunctionConcurrency'],
  ]),
  eventSources: all('lambda', [
    ...['CreateEventSourceMapping', 'GetEventSourceMapping', 'UpdateEventSourceMapping', 'DeleteEventSourceMapping'],
  ]),
  roles: all('iam', [
    ...['CreateRole', 'GetRole', 'UpdateRole', 'UpdateAssumeRolePolicy', 'DeleteRole', 'TagRole', 'UntagRole'],
    ...['PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy', 'ListRolePolicies', 'ListAttachedRolePolicies'],
  ]),
  logs: all('logs', [
    ...['CreateLogGroup', 'DescribeLogGroups', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy'],
    ...['TagResource', 'UntagResource', 'ListTagsForResource', 'DescribeIndexPolicies', 'GetDataProtectionPolicy'],
  ]),
  pools: all('cognito-idp', [
    ...['DescribeUserPool', 'UpdateUserPool', 'DeleteUserPool', 'SetUserPoolMfaConfig', 'GetUserPoolMfaConfig'],
    ...['CreateUserPoolClient', 'DescribeUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient'],
    ...['TagResource', 'UntagResource', 'ListTagsForResource'],
  ]),
};

/** What CloudFormation is while it works on tenant stacks: it makes what their template has, under their names, and nothing else. */
export class StackRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { releases }: { readonly releases: IBucket }) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const arn = (service: string, resource: string, withRegion = true): string =>
      `arn:${partition}:${service}:${withRegion ? region : ''}:${account}:${resource}`;
    const named = (service: string, type: string, withRegion = true): string[] =>
      tenantStackNames.map((name) =>
        arn(service, `${type}${name.replace(/\*$/, '')}-*`.replace('--', '-'), withRegion),
      );

    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('cloudformation.amazonaws.com') });
    const statements = [
      allow(['appsync:CreateGraphqlApi'], [arn('appsync', '/v1/apis'), arn('appsync', 'apis/*')]),
      allow(
        actions.appsync.filter((name) => name !== 'appsync:CreateGraphqlApi'),
        [arn('appsync', '/v1/apis/*'), arn('appsync', 'apis/*')],
      ),
      allow(actions.firewall, [
        arn('wafv2', 'regional/webacl/*'),
        arn('appsync', 'apis/*'),
        arn('appsync', '/v1/apis/*'),
      ]),
      allow(actions.dynamodb, named('dynamodb', 'table/')),
      allow(actions.lambda, named('lambda', 'function:')),
      // Neither has a name before it is made.
      allow(actions.eventSources, ['*']),
      allow(['cognito-idp:CreateUserPool'], ['*']),
      allow(actions.pools, [arn('cognito-idp', 'userpool/*')]),
      allow(actions.roles, named('iam', 'role/', false)),
      allow(['iam:PassRole'], named('iam', 'role/', false), {
        StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com', 'appsync.amazonaws.com'] },
      }),
      allow(actions.logs, [arn('logs', 'log-group:cotenant-*'), arn('logs', 'log-group:/aws/appsync/apis/*')]),
      allow(
        ['PutMetricAlarm', 'DeleteAlarms', 'DescribeAlarms', 'TagResource', 'UntagResource', 'ListTagsForResource'].map(
          (name) => `cloudwatch:${name}`,
        ),
        named('cloudwatch', 'alarm:'),
      ),
      allow(['ssm:GetParameter', 'ssm:GetParameters'], [arn('ssm', 'parameter/cotenant/*')]),
      allow(['s3:GetObject'], [releases.arnForObjects('releases/*'), releases.arnForObjects('assets/*')]),
    ];
    grant(
      this.role,
      statements,
      'CloudFormation names what it makes after the stack, and tenant stacks are made later: how their names begin is known. APIs, pools and event source mappings have ids only. Every action is named.',
    );
  }
}
