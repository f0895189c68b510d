import {
  CfnOutput,
  CfnParameter,
  CustomResource,
  Duration,
  RemovalPolicy,
  Stack,
  type StackProps,
  Validations,
} from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { tableStatements } from '../constructs/data-sources.ts';
import { acknowledgePatterns } from '../constructs/grant.ts';
import { provisioningPipeline } from '../constructs/lifecycle.ts';
import { allow, PlaneFunction } from '../constructs/plane-function.ts';
import { artifactPrefixOf } from '../constructs/program-build.ts';
import { ProvisioningPipeline } from '../constructs/provisioning-pipeline.ts';
import { findTable } from '../constructs/published-names.ts';
import { RolloutPipeline } from '../constructs/rollout-pipeline.ts';
import { rolloutPipelineName } from '../constructs/rollouts.ts';
import { StackRole } from '../constructs/stack-role.ts';
import type { MadeRelease } from '../release/make-release.ts';

export interface PipelineStackProps extends StackProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  /** The release that is deployed with the stack. */
  readonly release: MadeRelease;
  /** Git's id of the commit that it was made from, or `unknown`. */
  readonly commit: string;
}

/** Releases, and the pipeline that makes tenant stacks from them. Deployed, it has the pool made, which is such a stack too. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, props);
    const follows = new CfnParameter(this, 'PoolFollowsDeployments', {
      default: 'false',
      allowedValues: ['true', 'false'],
      description: 'Whether the pool gets each new release with the deployment that brings it; else by rollouts only',
    }).valueAsString;
    const alarmWatchSeconds = new CfnParameter(this, 'AlarmWatchSeconds', {
      type: 'Number',
      default: 120,
      minValue: 0,
      maxValue: 3600,
      description:
        'How long the alarms of the stacks that a wave of a rollout has updated are watched before the next wave',
    }).valueAsString;

    const releases = new Bucket(this, 'Bucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: RemovalPolicy.RETAIN,
      // What the pipeline hands from one action to the next is a copy of what stays in the release.
      lifecycleRules: [provisioningPipeline, rolloutPipelineName].map((name) => ({
        prefix: artifactPrefixOf(name),
        expiration: Duration.days(7),
        noncurrentVersionExpiration: Duration.days(7),
      })),
    });
    Validations.of(releases).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the roles of this stack reach it, and CloudTrail tells what they do; access logs would need a bucket more.',
    });
    const tables = { runs: findTable(this, 'ProvisioningRuns'), mapping: findTable(this, 'TenantStackMapping') };
    const stackRole = new StackRole(this, 'StackRole', { releases });
    const pipeline = new ProvisioningPipeline(this, 'Provisioning', {
      releases,
      stackRole: stackRole.role,
      tables,
      programKey: props.release.program.key,
    });

    new RolloutPipeline(this, 'RolloutPipeline', {
      releases,
      stackRole: stackRole.role,
      tables: { ...tables, rollouts: findTable(this, 'Rollouts'), auditLog: findTable(this, 'AuditLog') },
      programKey: props.release.program.key,
      alarmWatchSeconds,
    });

    const source = new Asset(this, 'DeployedRelease', { path: props.release.folder });
    const releasesTable = findTable(this, 'Releases');
    const releaseFiles = [releases.arnForObjects('releases/*'), releases.arnForObjects('assets/*')];
    const registration = new PlaneFunction(this, 'ReleaseRegistration', {
      bundles: props.bundles,
      folder: 'release-registration',
      timeout: Duration.minutes(2),
      environment: {
        RELEASE_BUCKET: releases.bucketName,
        RELEASES_TABLE: releasesTable.tableName,
        PROVISIONING_RUNS_TABLE: tables.runs.tableName,
        TENANT_STACK_MAPPING_TABLE: tables.mapping.tableName,
      },
      permissions: [
        allow(['s3:GetObject'], [source.bucket.arnForObjects(source.s3ObjectKey)]),
        allow(['s3:ListBucket'], [releases.bucketArn]),
        allow(['s3:GetObject', 's3:PutObject'], releaseFiles),
        ...tableStatements({ table: releasesTable, actions: ['PutItem'] }),
        ...tableStatements({ table: tables.runs, actions: ['PutItem'] }),
        ...tableStatements({ table: tables.mapping, actions: ['GetItem', 'UpdateItem'] }),
      ],
    });
    if (registration.function.role)
      acknowledgePatterns(
        registration.function.role,
        releaseFiles,
        'A release is named by what is in it, which is not known before.',
      );
    const registered = new CustomResource(this, 'FirstRelease', {
      serviceToken: registration.function.functionArn,
      resourceType: 'Custom::Release',
      properties: {
        SourceBucket: source.s3BucketName,
        SourceKey: source.s3ObjectKey,
        Commit: props.commit,
        PoolFollowsDeployments: follows,
      },
    });
    // The run that it requests finds the pipeline ready.
    registered.node.addDependency(pipeline, stackRole);
    for (const [name, value] of Object.entries({
      ReleaseBucket: releases.bucketName,
      Release: props.release.release,
      PipelineName: pipeline.name,
    })) {
      new CfnOutput(this, name, { value });
    }
  }
}
