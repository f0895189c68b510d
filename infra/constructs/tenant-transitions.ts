import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Clock } from './clock.ts';
import { tableStatements } from './data-sources.ts';
import { allow, PlaneFunction } from './plane-function.ts';
import { dataRolePath } from './tenant-data-role.ts';
import { acknowledgeTenantPools } from './tenant-pools.ts';
import { TenantTable } from './tenant-table.ts';

export interface TenantTransitionsProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly tables: Readonly<
    Record<
      | 'tenants'
      | 'gates'
      | 'registrations'
      | 'tenantStackMapping'
      | 'tenantUsers'
      | 'provisioningRuns'
      | 'auditLog'
      | 'usage',
      ITable
    >
  >;
  /** The ARN pattern of tenants' user pools. */
  readonly tenantPools: string;
}

/** Days after which an export is removed. */
const exportLifetime = 365;

/** Offboardings and moves of tenants: what they are kept in, what drives them, where exports go. */
export class TenantTransitions extends Construct {
  readonly table: TenantTable;
  readonly exports: Bucket;
  readonly function: PlaneFunction['function'];

  constructor(scope: Construct, id: string, { bundles, tables, tenantPools }: TenantTransitionsProps) {
    super(scope, id);
    this.table = new TenantTable(this, 'Table', {
      partitionKey: 'tenantId',
      indexes: { due: { partitionKey: 'agenda', sortKey: 'dueAt' } },
      stream: true,
      timeToLiveAttribute: 'expiresAt',
    });
    this.exports = new Bucket(this, 'Exports', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(exportLifetime) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.exports).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'One function writes exports and people with access to the account read them: CloudTrail tells who.',
    });

    const { partition, account } = Stack.of(this);
    const dataRoles = `arn:${partition}:iam::${account}:role${dataRolePath}*`;
    const made = new PlaneFunction(this, 'Driver', {
      bundles,
      folder: 'transitions',
      timeout: Duration.minutes(2),
      environment: {
        EXPORT_BUCKET: this.exports.bucketName,
        TENANTS_TABLE: tables.tenants.tableName,
        TRANSITIONS_TABLE: this.table.tableName,
        TENANT_USERS_TABLE: tables.tenantUsers.tableName,
        GATES_TABLE: tables.gates.tableName,
        REGISTRATIONS_TABLE: tables.registrations.tableName,
        TENANT_STACK_MAPPING_TABLE: tables.tenantStackMapping.tableName,
        PROVISIONING_RUNS_TABLE: tables.provisioningRuns.tableName,
        AUDIT_LOG_TABLE: tables.auditLog.tableName,
        USAGE_TABLE: tables.usage.tableName,
      },
      permissions: [
        ...tableStatements({
          table: this.table,
          actions: ['GetItem', 'PutItem', 'DeleteItem'],
          indexes: ['due'],
        }),
        ...tableStatements({ table: tables.tenants, actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'] }),
        ...tableStatements({ table: tables.gates, actions: ['GetItem', 'UpdateItem', 'DeleteItem'] }),
        ...tableStatements({ table: tables.registrations, actions: ['UpdateItem'] }),
        ...tableStatements({ table: tables.tenantStackMapping, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: tables.provisioningRuns, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: tables.auditLog, actions: ['PutItem'], indexes: ['tenantId'] }),
        ...tableStatements({ table: tables.usage, actions: ['Query', 'UpdateItem'] }),
        allow(['s3:PutObject'], [this.exports.arnForObjects('exports/*')]),
        // Rows of tenants only by these, each session bound to one tenant.
        allow(['sts:AssumeRole', 'sts:TagSession'], [dataRoles]),
        allow(
          [
            ...['ListUsersInGroup', 'AdminDeleteUser', 'DeleteGroup'],
            ...['CreateGroup', 'AdminCreateUser', 'AdminGetUser', 'AdminAddUserToGroup'],
            ...['AdminDisableUser', 'AdminEnableUser'],
          ].map((name) => `cognito-idp:${name}`),
          [tenantPools],
        ),
      ],
    });
    this.function = made.function;
    this.#acknowledgeWildcards(made);
    this.#wake();
  }

  /** By each change of a transition, and by the clock for what waits. */
  #wake(): void {
    this.function.addEventSource(
      new DynamoEventSource(this.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        // A tenant's changes stay in order; another's transition need not wait for them.
        parallelizationFactor: 10,
        retryAttempts: 3,
      }),
    );
    new Clock(this, 'Clock', {
      name: 'cotenant-transitions',
      description: 'Windows that end, steps to be tried again, and what an event was lost of',
      schedule: 'rate(1 minute)',
      function: this.function,
    });
  }

  #acknowledgeWildcards(made: PlaneFunction): void {
    const exports = Stack.of(this).getLogicalId(this.exports.node.defaultChild as CfnBucket);
    acknowledgeTenantPools(made.function);
    Validations.of(made.function.role ?? made).acknowledge(
      {
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::<AWS::AccountId>:role${dataRolePath}*]`,
        reason:
          'Each tenant stack brings a data role below this path; its own trust and policy bind a session to one tenant.',
      },
      {
        id: `AwsSolutions-IAM5[Resource::<${exports}.Arn>/exports/*]`,
        reason: 'Exports are objects whose names hold the tenant and the transition.',
      },
    );
  }
}
