import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Clock } from './clock.ts';
import { waveOrder } from '../../functions/layer/rollouts/rollout.ts';
import { tableStatements } from './data-sources.ts';
import { allow, PlaneFunction } from './plane-function.ts';
import { TenantTable } from './tenant-table.ts';

/** The pipeline of which every stage but the first is a wave, and the action with which each of those begins. */
export const rolloutPipelineName = 'cotenant-rollouts';
export const approvalActionName = 'Approve';

export interface RolloutsProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly releases: ITable;
  readonly tenantStackMapping: ITable;
  readonly auditLog: ITable;
}

/** The control plane's part of rollouts: their table, the mutations, and what drives the pipeline (PipelineStack). */
export class Rollouts extends Construct {
  readonly table: TenantTable;
  /** Resolves the mutations. */
  readonly function: PlaneFunction;

  constructor(scope: Construct, id: string, props: RolloutsProps) {
    super(scope, id);
    const { bundles, releases, tenantStackMapping, auditLog } = props;
    this.table = new TenantTable(this, 'Table', {
      partitionKey: 'rolloutId',
      indexes: { listing: { partitionKey: 'listing', sortKey: 'rolloutId' } },
      stream: true,
    });
    const names = { ROLLOUTS_TABLE: this.table.tableName, AUDIT_LOG_TABLE: auditLog.tableName };

    this.function = new PlaneFunction(this, 'Mutations', {
      bundles,
      folder: 'rollouts',
      environment: {
        ...names,
        RELEASES_TABLE: releases.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
      },
      permissions: [
        ...tableStatements({ table: this.table, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        ...tableStatements({ table: releases, actions: ['GetItem'] }),
        allow(['dynamodb:Query'], [`${tenantStackMapping.tableArn}/index/listing`]),
      ],
    });

    const driver = new PlaneFunction(this, 'Driver', {
      bundles,
      folder: 'rollout-driver',
      timeout: Duration.seconds(60),
      environment: { ...names, PIPELINE_NAME: rolloutPipelineName },
      permissions: [
        ...tableStatements({ table: this.table, actions: ['GetItem', 'PutItem', 'DeleteItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        ...this.#pipelineStatements(),
      ],
    });
    this.#drive(driver);
  }

  #pipelineStatements(): PolicyStatement[] {
    const { partition, region, account } = Stack.of(this);
    const pipeline = `arn:${partition}:codepipeline:${region}:${account}:${rolloutPipelineName}`;
    return [
      allow(
        ['StartPipelineExecution', 'GetPipelineExecution', 'GetPipelineState'].map((name) => `codepipeline:${name}`),
        [pipeline],
      ),
      allow(
        ['codepipeline:PutApprovalResult'],
        waveOrder.map((wave) => `${pipeline}/${wave}/${approvalActionName}`),
      ),
    ];
  }

  /** By whatever may have changed: what people do, what the pipeline does, and, should an event be lost, time. */
  #drive({ function: driver }: PlaneFunction): void {
    driver.addEventSource(
      new DynamoEventSource(this.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        reportBatchItemFailures: true,
        batchSize: 25,
        // What is left undone then, the clock finds.
        retryAttempts: 3,
        filters: [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY') })],
      }),
    );
    const target = new LambdaFunction(driver);
    new Rule(this, 'Executions', {
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: { pipeline: [rolloutPipelineName] },
      },
      targets: [target],
    });
    new Rule(this, 'Approvals', {
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Action Execution State Change'],
        detail: { pipeline: [rolloutPipelineName], action: [approvalActionName], state: ['STARTED'] },
      },
      targets: [target],
    });
    new Clock(this, 'Clock', {
      name: 'cotenant-rollouts',
      description: 'What a lost event left undone in a rollout',
      schedule: 'rate(1 minute)',
      function: driver,
    });
  }
}
