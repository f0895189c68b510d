import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { provisioningPipeline } from './lifecycle.ts';
import { grantPipeline, ProgramBuild, type ProgramTables, programSource } from './program-build.ts';

export interface ProvisioningPipelineProps {
  readonly releases: IBucket;
  /** What CloudFormation works as. */
  readonly stackRole: Role;
  readonly tables: ProgramTables;
  /** The program of the deployment's own release: what runs where a start says no other. */
  readonly programKey: string;
}

/** What a start has to say; none has a default, so that the pipeline never runs by itself. */
const variables = ['TENANT_ID', 'ACTION', 'RELEASE', 'RUN_ID', 'ATTEMPT'];

/** CodePipeline V2, many executions at a time: the release's program from the release bucket, then CodeBuild runs it. */
export class ProvisioningPipeline extends Construct {
  readonly name = provisioningPipeline;

  constructor(scope: Construct, id: string, props: ProvisioningPipelineProps) {
    super(scope, id);
    const { releases } = props;
    const { project } = new ProgramBuild(this, 'Build', {
      name: this.name,
      description: 'Runs the program of a release for one run',
      timeoutInMinutes: 60,
      ...props,
    });
    const role = new Role(this, 'PipelineRole', { assumedBy: new ServicePrincipal('codepipeline.amazonaws.com') });
    grantPipeline(role, { pipelineName: this.name, releases, project });
    const pipeline = new CfnPipeline(this, 'Pipeline', {
      name: this.name,
      pipelineType: 'V2',
      executionMode: 'PARALLEL',
      roleArn: role.roleArn,
      artifactStore: { type: 'S3', location: releases.bucketName },
      variables: variables.map((name) => ({ name })),
      stages: [
        programSource({ bucket: releases.bucketName, key: props.programKey }),
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
}
