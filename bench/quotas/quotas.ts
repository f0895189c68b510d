/** What AWS allows one account in one region before anybody asks for more, as read on 2026-11-28. */

/** Where a number was read. AWS's own pages of quotas were not reachable: the numbers are of copies, which may be behind. */
export const sources = {
  list: 'what Service Quotas lists, a public copy of unknown date',
  appsync: 'AppSync developer guide, "Using token counts to optimize your requests"',
  cognito: 'Cognito developer guide, "Quotas in Amazon Cognito", copy of 2023',
  dynamodb: 'DynamoDB developer guide, "Designing partition keys"',
  cloudwatch: 'CloudWatch user guide, "Common features of alarms"',
  unsure: 'not confirmed: known from use',
} as const;

type Source = keyof typeof sources;

/** A quota on how many of a resource there may be: it binds at a number of silos. */
export interface ResourceQuota {
  readonly name: string;
  /** CloudFormation's types that count; `stack` for the stack itself. */
  readonly types: readonly string[];
  readonly quota: number;
  readonly adjustable: boolean;
  readonly source: Source;
  readonly then: string;
}

export const resourceQuotas: readonly ResourceQuota[] = [
  {
    name: 'AppSync APIs',
    types: ['AWS::AppSync::GraphQLApi'],
    quota: 25,
    adjustable: true,
    source: 'list',
    then: 'ask for more before the tenth silo; other sources say 50',
  },
  {
    name: 'IAM roles',
    types: ['AWS::IAM::Role'],
    quota: 1000,
    adjustable: true,
    source: 'list',
    then: 'ask for 5,000; then silos in a second account',
  },
  {
    name: 'Cognito user pools',
    types: ['AWS::Cognito::UserPool'],
    quota: 1000,
    adjustable: true,
    source: 'list',
    then: 'ask for more',
  },
  {
    name: 'DynamoDB tables',
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    quota: 2500,
    adjustable: true,
    source: 'list',
    then: 'ask for 10,000',
  },
  {
    name: 'CloudWatch alarms',
    types: ['AWS::CloudWatch::Alarm'],
    quota: 5000,
    adjustable: true,
    source: 'cloudwatch',
    then: 'ask for more',
  },
  {
    name: 'CloudFormation stacks',
    types: ['stack'],
    quota: 2000,
    adjustable: true,
    source: 'list',
    then: 'ask for more',
  },
];

/** A quota on a rate, or on a size that does not grow with silos: `each` is what one of `of` takes of it. */
export interface OtherQuota {
  readonly name: string;
  readonly quota: number;
  readonly per: 'a second' | 'at a time' | 'in all';
  readonly of: string;
  readonly each: number;
  readonly adjustable: boolean;
  readonly source: Source;
  readonly then: string;
}

export const otherQuotas: readonly OtherQuota[] = [
  {
    name: 'AppSync request tokens, all APIs of the account',
    quota: 5000,
    per: 'a second',
    of: 'requests of up to 1,500 KB-seconds, publications included',
    each: 1,
    adjustable: true,
    source: 'appsync',
    then: 'ask for more: some regions have 10,000',
  },
  {
    name: 'AppSync invalidations of subscriptions',
    quota: 100,
    per: 'a second',
    of: 'suspensions and disabled users',
    each: 2,
    adjustable: false,
    source: 'list',
    then: 'nothing: their streams are read in batches, and wait; expired tokens take one a minute of each stream’s shard',
  },
  {
    name: 'DynamoDB writes to one partition key: a tenant’s gate',
    quota: 1000,
    per: 'a second',
    of: 'fields of one tenant, half as many in a burst or refused',
    each: 1,
    adjustable: false,
    source: 'dynamodb',
    then: 'no tenant is given more (`setTenantLimits`); beyond it the gate needs shards',
  },
  {
    name: 'DynamoDB writes to one table: Gates',
    quota: 40_000,
    per: 'a second',
    of: 'fields of all tenants',
    each: 1,
    adjustable: true,
    source: 'list',
    then: 'ask for more',
  },
  {
    name: 'Cognito UserAuthentication',
    quota: 120,
    per: 'a second',
    of: 'sign-ins (the answer to the challenge has a quota of its own)',
    each: 1,
    adjustable: true,
    source: 'cognito',
    then: 'ask for more with the number of people; tokens hold an hour',
  },
  {
    name: 'Cognito UserCreation',
    quota: 50,
    per: 'a second',
    of: 'invitations',
    each: 1,
    adjustable: true,
    source: 'cognito',
    then: 'lifecycle tries again for ten minutes: sign-ups wait',
  },
  {
    name: 'Cognito CreateGroup, one user pool',
    quota: 5,
    per: 'a second',
    of: 'sign-ups to the pool',
    each: 1,
    adjustable: false,
    source: 'cognito',
    then: 'the same: those of ten minutes, 3,000 at once, get through',
  },
  {
    name: 'Cognito groups, one user pool',
    quota: 10_000,
    per: 'in all',
    of: 'pooled tenants, each of which has a group',
    each: 1,
    adjustable: false,
    source: 'list',
    then: 'registrations fail. Leave the groups out (only offboarding lists people by them), or a second pool',
  },
  {
    name: 'Lambda concurrent executions',
    quota: 1000,
    per: 'at a time',
    of: 'requests a second, a tenth of which ask the authorizer for 20 ms',
    each: 0.1 * 0.02,
    adjustable: true,
    source: 'unsure',
    then: 'ask for more; new accounts have less',
  },
  {
    name: 'CodeBuild builds (small, Linux)',
    quota: 60,
    per: 'at a time',
    of: 'silos that are made or updated',
    each: 1,
    adjustable: true,
    source: 'list',
    then: 'start fewer at a time; new accounts have less',
  },
  {
    name: 'CodePipeline executions in PARALLEL mode',
    quota: 50,
    per: 'at a time',
    of: 'silos that are made or updated',
    each: 1,
    adjustable: false,
    source: 'unsure',
    then: 'start fewer: a rollout has its own number of stacks at a time',
  },
  {
    name: 'DynamoDB tables being made or changed',
    quota: 500,
    per: 'at a time',
    of: 'silos that are made',
    each: 2,
    adjustable: true,
    source: 'list',
    then: 'nothing: builds bind before',
  },
];
