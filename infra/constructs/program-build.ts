import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { tableStatements } from './data-sources.ts';
import { grant } from './grant.ts';
import { allow } from './plane-function.ts';
import { tenantStackNames } from './stack-role.ts';

export interface ProgramTables {
  readonly runs: ITable;
  readonly mapping: ITable;
}

export interface ProgramBuildProps {
  /** The project's, and that of the pipeline which it is a part of. */
  readonly name: string;
  readonly description: string;
  readonly releases: IBucket;
  /** What CloudFormation works as. */
  readonly stackRole: Role;
  readonly tables: ProgramTables;
  readonly timeoutInMinutes: number;
  /** What it is told and may do beside what every run needs. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly statements?: readonly PolicyStatement[];
}

const commands = {
  version: '0.2',
  phases: {
    install: { 'runtime-versions': { nodejs: '22' } },
    // The program and AWS's SDK are one file: nothing is installed when a tenant waits.
    build: { commands: ['node index.cjs'] },
  },
};

/** Where CodePipeline puts what it hands on: the first twenty characters of the pipeline's name. */
export function artifactPrefixOf(pipelineName: string): string {
  return `${pipelineName.slice(0, 20)}/`;
}

/** A CodeBuild project that runs the program of a release, with a role that may do what runs on tenant stacks need. */
export class ProgramBuild extends Construct {
  readonly project: CfnProject;

  constructor(scope: Construct, id: string, props: ProgramBuildProps) {
    super(scope, id);
    const { name, description, timeoutInMinutes, releases, stackRole, tables, environment, statements } = props;
    const { partition, region, account } = Stack.of(this);
    const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
    const logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    grant(
      role,
      [
        allow(
          [
            ...['CreateStack', 'UpdateStack', 'DeleteStack', 'ContinueUpdateRollback', 'DescribeStacks'],
            ...['DescribeStackEvents', 'ListStackResources', 'UpdateTerminationProtection', 'TagResource'],
          ].map((name) => `cloudformation:${name}`),
          tenantStackNames.map((name) => arn('cloudformation', `stack/${name}/*`)),
        ),
        allow(['iam:PassRole'], [stackRole.roleArn], {
          StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
        }),
        allow(
          ['s3:GetObject', 's3:GetObjectVersion'],
          [releases.arnForObjects('releases/*'), releases.arnForObjects(`${artifactPrefixOf(name)}*`)],
        ),
        ...tableStatements({ table: tables.runs, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: tables.mapping, actions: ['GetItem', 'UpdateItem', 'DeleteItem'] }),
        allow(['appsync:GraphQL'], [arn('appsync', 'apis/*/types/Query/fields/health')]),
        allow(
          ['DescribeUserPool', 'UpdateUserPool', 'DeleteUserPool'].map((name) => `cognito-idp:${name}`),
          [arn('cognito-idp', 'userpool/*')],
        ),
        allow(
          ['DescribeTable', 'UpdateTable', 'DeleteTable'].map((name) => `dynamodb:${name}`),
          tenantStackNames.map((name) => arn('dynamodb', `table/${name.replace(/-?\*?$/, '')}-*`)),
        ),
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logs.logGroupArn]),
        ...(statements ?? []),
      ],
      'Tenant stacks, their tables, pools and APIs are made later: what is known of them is how their names begin, or that they have ids. Every action is named.',
    );
    this.project = new CfnProject(this, 'Project', {
      name,
      description,
      serviceRole: role.roleArn,
      source: { type: 'CODEPIPELINE', buildSpec: JSON.stringify(commands) },
      artifacts: { type: 'CODEPIPELINE' },
      timeoutInMinutes,
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        computeType: 'BUILD_GENERAL1_SMALL',
        environmentVariables: Object.entries({
          PROVISIONING_RUNS_TABLE: tables.runs.tableName,
          TENANT_STACK_MAPPING_TABLE: tables.mapping.tableName,
          RELEASE_BUCKET: releases.bucketName,
          STACK_ROLE_ARN: stackRole.roleArn,
          ...environment,
        }).map(([name, value]) => ({ name, value })),
      },
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logs.logGroupName } },
    });
    this.project.node.addDependency(role);
    Validations.of(this.project).acknowledge({
      id: 'AwsSolutions-CB4',
      reason:
        'It has no artifacts of its own; what it reads is encrypted by S3, and a key of our own is priced monthly.',
    });
  }
}

/** The stage with which a pipeline of such builds begins: the program from the release bucket, as the artifact `Program`. */
export function programSource({
  bucket,
  key,
}: {
  readonly bucket: string;
  readonly key: string;
}): CfnPipeline.StageDeclarationProperty {
  return {
    name: 'Release',
    actions: [
      {
        name: 'Release',
        actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
        configuration: {
          S3Bucket: bucket,
          S3ObjectKey: key,
          PollForSourceChanges: 'false',
          AllowOverrideForS3ObjectKey: 'true',
        },
        outputArtifacts: [{ name: 'Program' }],
      },
    ],
  };
}

export interface PipelineGrant {
  readonly pipelineName: string;
  readonly releases: IBucket;
  readonly project: CfnProject;
}

/** What a pipeline of such builds may do. */
export function grantPipeline(role: Role, { pipelineName, releases, project }: PipelineGrant): void {
  const artifacts = releases.arnForObjects(`${artifactPrefixOf(pipelineName)}*`);
  grant(
    role,
    [
      allow(['s3:GetBucketVersioning', 's3:ListBucket'], [releases.bucketArn]),
      allow(['s3:GetObject', 's3:GetObjectVersion'], [releases.arnForObjects('releases/*'), artifacts]),
      allow(['s3:PutObject'], [artifacts]),
      allow(['codebuild:StartBuild', 'codebuild:BatchGetBuilds', 'codebuild:StopBuild'], [project.attrArn]),
    ],
    'The programs of all releases, and what CodePipeline hands from one action to the next under names of its own.',
  );
}
