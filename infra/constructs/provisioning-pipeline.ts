import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { tableStatements } from './data-sources.ts';
import { grant } from './grant.ts';
import { provisioningPipeline } from './lifecycle.ts';
import { allow } from './plane-function.ts';
import { tenantStackNames } from './stack-role.ts';

export interface ProvisioningPipelineProps {
  readonly releases: IBucket;
  /** What CloudFormation works as. */
  readonly stackRole: Role;
  readonly tables: { readonly runs: ITable; readonly mapping: ITable };
  /** The program of the deployment's own release: what runs where a start says no other. */
  readonly programKey: string;
}

/** What a start has to say; none has a default, so that the pipeline never runs by itself. */
const variables = ['TENANT_ID', 'ACTION', 'RELEASE', 'RUN_ID'];

const commands = {
  version: '0.2',
  phases: {
    install: { 'runtime-versions': { nodejs: '22' } },
    // The program and AWS's SDK are one file: nothing is installed when a tenant waits.
    build: { commands: ['node index.cjs'] },
  },
};

/** CodePipeline V2, many executions at a time: the release's program from the release bucket, then CodeBuild runs it. */
export class ProvisioningPipeline extends Construct {
  /** Where CodePipeline puts what it hands on: the first twenty characters of the pipeline's name. */
  static readonly artifactPrefix = `${provisioningPipeline.slice(0, 20)}/`;

  readonly name = provisioningPipeline;

  constructor(scope: Construct, id: string, props: ProvisioningPipelineProps) {
    super(scope, id);
    const project = this.#project(props);
    const { releases } = props;
    const role = new Role(this, 'PipelineRole', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
    const artifacts = releases.arnForObjects(`${ProvisioningPipeline.artifactPrefix}*`);
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
    const pipeline = new CfnPipeline(this, 'Pipeline', {
      name: this.name,
      pipelineType: 'V2',
      executionMode: 'PARALLEL',
      roleArn: role.roleArn,
      artifactStore: { type: 'S3', location: releases.bucketName },
      variables: variables.map((name) => ({ name })),
      stages: [
        {
          name: 'Release',
          actions: [
            {
              name: 'Release',
              actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
              configuration: {
                S3Bucket: releases.bucketName,
                S3ObjectKey: props.programKey,
                PollForSourceChanges: 'false',
                AllowOverrideForS3ObjectKey: 'true',
              },
              outputArtifacts: [{ name: 'Program' }],
            },
          ],
        },
        {
          name: 'Provision',
          actions: [
            {
              name: 'Provision',
              actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
              configuration: {
                ProjectName: project.ref,
                EnvironmentVariables: JSON.stringify(
                  variables.map((name) => ({ name, value: `#{variables.${name}}`, type: 'PLAINTEXT' })),
                ),
              },
              inputArtifacts: [{ name: 'Program' }],
            },
          ],
        },
      ],
    });
    // It is started as soon as it is there.
    pipeline.node.addDependency(role);
  }

  #project({ releases, stackRole, tables }: ProvisioningPipelineProps): CfnProject {
    const { partition, region, account } = Stack.of(this);
    const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
    const logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'BuildRole', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
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
          [releases.arnForObjects('releases/*'), releases.arnForObjects(`${ProvisioningPipeline.artifactPrefix}*`)],
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
      ],
      'Tenant stacks, their tables, pools and APIs are made later: what is known of them is how their names begin, or that they have ids. Every action is named.',
    );
    const project = new CfnProject(this, 'Project', {
      name: provisioningPipeline,
      description: 'Runs the program of a release for one run',
      serviceRole: role.roleArn,
      source: { type: 'CODEPIPELINE', buildSpec: JSON.stringify(commands) },
      artifacts: { type: 'CODEPIPELINE' },
      timeoutInMinutes: 60,
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        computeType: 'BUILD_GENERAL1_SMALL',
        environmentVariables: Object.entries({
          PROVISIONING_RUNS_TABLE: tables.runs.tableName,
          TENANT_STACK_MAPPING_TABLE: tables.mapping.tableName,
          RELEASE_BUCKET: releases.bucketName,
          STACK_ROLE_ARN: stackRole.roleArn,
        }).map(([name, value]) => ({ name, value })),
      },
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logs.logGroupName } },
    });
    project.node.addDependency(role);
    Validations.of(project).acknowledge({
      id: 'AwsSolutions-CB4',
      reason:
        'It has no artifacts of its own; what it reads is encrypted by S3, and a key of our own is priced monthly.',
    });
    return project;
  }
}
