import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { tableStatements } from './data-sources.ts';
import { allow, PlaneFunction } from './plane-function.ts';

/** The pipeline is made by a stack of its own, after this one: its name is what both know. */
export const provisioningPipeline = 'cotenant-provisioning';

export interface LifecycleProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly tables: Readonly<
    Record<
      'tenants' | 'registrations' | 'tenantUsers' | 'gates' | 'tenantStackMapping' | 'provisioningRuns' | 'auditLog',
      Table
    >
  >;
  /** Where SBT-AWS's events go. */
  readonly bus: IEventBus;
  /** ARN pattern of the pools of users that tenants live in. */
  readonly tenantPools: string;
}

/** What drives tenants and runs: the streams of Registrations and ProvisioningRuns, and the pipeline's own events. */
export class Lifecycle extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, { bundles, tables, bus, tenantPools }: LifecycleProps) {
    super(scope, id);
    const { tenants, registrations, tenantUsers, gates, tenantStackMapping, provisioningRuns, auditLog } = tables;
    const { partition, region, account } = Stack.of(this);
    const pipelineArn = `arn:${partition}:codepipeline:${region}:${account}:${provisioningPipeline}`;
    this.function = new PlaneFunction(this, 'Lifecycle', {
      bundles,
      folder: 'lifecycle',
      timeout: Duration.seconds(60),
      environment: {
        TENANTS_TABLE: tenants.tableName,
        REGISTRATIONS_TABLE: registrations.tableName,
        TENANT_USERS_TABLE: tenantUsers.tableName,
        GATES_TABLE: gates.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        PROVISIONING_RUNS_TABLE: provisioningRuns.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
        PIPELINE_NAME: provisioningPipeline,
        EVENT_BUS: bus.eventBusName,
      },
      permissions: [
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: provisioningRuns, actions: ['GetItem', 'PutItem', 'UpdateItem'] }),
        ...tableStatements({ table: tenants, actions: ['GetItem', 'UpdateItem', 'PutItem'] }),
        ...tableStatements({ table: registrations, actions: ['GetItem', 'UpdateItem', 'PutItem'] }),
        ...tableStatements({ table: tenantUsers, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: gates, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        allow(
          ['CreateGroup', 'AdminCreateUser', 'AdminGetUser', 'AdminAddUserToGroup'].map(
            (name) => `cognito-idp:${name}`,
          ),
          [tenantPools],
        ),
        allow(
          ['StartPipelineExecution', 'GetPipelineExecution', 'ListActionExecutions'].map(
            (name) => `codepipeline:${name}`,
          ),
          [pipelineArn],
        ),
        allow(['events:PutEvents'], [bus.eventBusArn]),
      ],
    }).function;

    const stream = { startingPosition: StartingPosition.TRIM_HORIZON, reportBatchItemFailures: true, batchSize: 100 };
    const eventName = FilterRule.or('INSERT', 'MODIFY');
    // What a run does in between concerns nobody here.
    const status = { S: FilterRule.or('REQUESTED', 'SUCCEEDED', 'FAILED') };
    this.function.addEventSource(
      new DynamoEventSource(registrations, { ...stream, filters: [FilterCriteria.filter({ eventName })] }),
    );
    this.function.addEventSource(
      new DynamoEventSource(provisioningRuns, {
        ...stream,
        filters: [FilterCriteria.filter({ eventName, dynamodb: { NewImage: { status } } })],
      }),
    );
    new Rule(this, 'PipelineEnds', {
      description: 'Executions of the provisioning pipeline that are over',
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: ['CodePipeline Pipeline Execution State Change'],
        detail: {
          pipeline: [provisioningPipeline],
          state: ['SUCCEEDED', 'FAILED', 'STOPPED', 'CANCELED', 'SUPERSEDED'],
        },
      },
      targets: [new LambdaTarget(this.function)],
    });
  }
}
