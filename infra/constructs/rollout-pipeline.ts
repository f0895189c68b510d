import { Stack } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { waveOrder } from '../../functions/layer/rollouts/rollout.ts';
import { tableStatements } from './data-sources.ts';
import { allow } from './plane-function.ts';
import { grantPipeline, ProgramBuild, type ProgramTables, programSource } from './program-build.ts';
import { approvalActionName, rolloutPipelineName } from './rollouts.ts';

export interface RolloutPipelineProps {
  readonly releases: IBucket;
  /** What CloudFormation works as. */
  readonly stackRole: Role;
  readonly tables: ProgramTables & { readonly rollouts: ITable; readonly auditLog: ITable };
  /** The program of the deployment's own release. */
  readonly programKey: string;
  /** How long the alarms of a wave are watched, in seconds. */
  readonly alarmWatchSeconds: string;
}

/** What a start has to say. */
const variables = ['ROLLOUT_ID', 'ATTEMPT'];

/**
 * CodePipeline V2, one execution at a time: a stage a wave, each an approval, which the control plane answers at once unless a person was
 * asked for, and a build that runs the program of the provisioning pipeline for the wave's stacks.
 */
export class RolloutPipeline extends Construct {
  constructor(scope: Construct, id: string, props: RolloutPipelineProps) {
    super(scope, id);
    const { releases, tables } = props;
    const { partition, region, account } = Stack.of(this);
    const { project } = new ProgramBuild(this, 'Build', {
      name: rolloutPipelineName,
      description: 'Runs the program for one wave of a rollout',
      // Updates take minutes on AWS, and a wave may have hundreds.
      timeoutInMinutes: 480,
      ...props,
      environment: {
        ROLLOUTS_TABLE: tables.rollouts.tableName,
        AUDIT_LOG_TABLE: tables.auditLog.tableName,
        ALARM_WATCH_SECONDS: props.alarmWatchSeconds,
      },
      statements: [
        ...tableStatements({ table: tables.rollouts, actions: ['GetItem', 'PutItem', 'DeleteItem'] }),
        ...tableStatements({ table: tables.auditLog, actions: ['PutItem'] }),
        ...tableStatements({ table: tables.runs, actions: ['PutItem'] }),
        allow(['dynamodb:Query'], [`${tables.mapping.tableArn}/index/listing`]),
        allow(['cloudwatch:DescribeAlarms'], [`arn:${partition}:cloudwatch:${region}:${account}:alarm:*`]),
      ],
    });
    const role = new Role(this, 'PipelineRole', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
    grantPipeline(role, { pipelineName: rolloutPipelineName, releases, project });
    const pipeline = new CfnPipeline(this, 'Pipeline', {
      name: rolloutPipelineName,
      pipelineType: 'V2',
      executionMode: 'QUEUED',
      roleArn: role.roleArn,
      artifactStore: { type: 'S3', location: releases.bucketName },
      variables: variables.map((name) => ({ name })),
      stages: [
        programSource({ bucket: releases.bucketName, key: props.programKey }),
        ...waveOrder.map((wave) => waveStage(wave, project.ref)),
      ],
    });
    pipeline.node.addDependency(role);
  }
}

function waveStage(wave: string, projectName: string): CfnPipeline.StageDeclarationProperty {
  const passed = variables.map((name) => ({ name, value: `#{variables.${name}}`, type: 'PLAINTEXT' }));
  return {
    name: wave,
    actions: [
      {
        name: approvalActionName,
        runOrder: 1,
        actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
      },
      {
        name: 'Update',
        runOrder: 2,
        actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
        configuration: {
          ProjectName: projectName,
          EnvironmentVariables: JSON.stringify([...passed, { name: 'WAVE', value: wave, type: 'PLAINTEXT' }]),
        },
        inputArtifacts: [{ name: 'Program' }],
      },
    ],
  };
}
