import { Duration, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { Clock } from './clock.ts';
import { tableStatements } from './data-sources.ts';
import { provisioningPipeline } from './lifecycle.ts';
import { allow, PlaneFunction } from './plane-function.ts';
import { TenantTable } from './tenant-table.ts';

export interface ReconcilerProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly tables: Readonly<
    Record<'tenants' | 'registrations' | 'tenantStackMapping' | 'provisioningRuns' | 'rollouts' | 'auditLog', ITable>
  >;
}

/** Finds, every five minutes, what a lost event left undone and what does not agree; remembers what it has told. */
export class Reconciler extends Construct {
  constructor(scope: Construct, id: string, { bundles, tables }: ReconcilerProps) {
    super(scope, id);
    const findings = new TenantTable(this, 'Findings', { partitionKey: 'finding', timeToLiveAttribute: 'expiresAt' });
    const { partition, region, account } = Stack.of(this);
    const pipelineArn = `arn:${partition}:codepipeline:${region}:${account}:${provisioningPipeline}`;
    const { tenants, registrations, tenantStackMapping, provisioningRuns, rollouts, auditLog } = tables;
    const { function: reconciler } = new PlaneFunction(this, 'Driver', {
      bundles,
      folder: 'reconciler',
      timeout: Duration.minutes(2),
      environment: {
        PIPELINE_NAME: provisioningPipeline,
        TENANTS_TABLE: tenants.tableName,
        REGISTRATIONS_TABLE: registrations.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        PROVISIONING_RUNS_TABLE: provisioningRuns.tableName,
        ROLLOUTS_TABLE: rollouts.tableName,
        FINDINGS_TABLE: findings.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem'], indexes: ['slug'] }),
        ...tableStatements({ table: registrations, actions: ['GetItem', 'UpdateItem'] }),
        // A DEPROVISION that failed keeps its row: nothing is deleted here.
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem', 'UpdateItem'], indexes: ['listing'] }),
        ...tableStatements({ table: provisioningRuns, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: rollouts, actions: ['GetItem'], indexes: ['listing'] }),
        ...tableStatements({ table: findings, actions: ['PutItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        allow(
          ['StartPipelineExecution', 'GetPipelineExecution', 'ListActionExecutions'].map(
            (name) => `codepipeline:${name}`,
          ),
          [pipelineArn],
        ),
        // Describing all stacks allows no other resource.
        allow(['cloudformation:DescribeStacks'], ['*']),
      ],
    });
    new Clock(this, 'Clock', {
      name: 'cotenant-reconciler',
      description: 'What a lost event left undone, and what does not agree',
      schedule: 'rate(5 minutes)',
      function: reconciler,
    });
  }
}
