import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Clock } from './clock.ts';
import { dayCount, monthCount, refusalCount, subscriptionCount, writeCount } from '../../schema/gate.ts';
import { tableStatements } from './data-sources.ts';
import { allow, PlaneFunction } from './plane-function.ts';
import { TenantTable } from './tenant-table.ts';

export interface UsageMeteringProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly tenants: ITable;
  readonly tenantUsers: ITable;
  readonly gates: ITable;
}

/** The table of what tenants used, the meter that fills it from the gates by a schedule, and the function that answers from it. */
export class UsageMetering extends Construct {
  /** Resolves Query.tenantUsage and Query.usageSummary. */
  readonly reports: IFunction;
  readonly table: ITable;

  constructor(scope: Construct, id: string, { bundles, tenants, tenantUsers, gates }: UsageMeteringProps) {
    super(scope, id);
    const usage = new TenantTable(this, 'Usage', {
      partitionKey: 'tenantId',
      sortKey: 'day',
      indexes: { month: { partitionKey: 'month', sortKey: 'tenantId' } },
    });
    this.table = usage;
    const environment = {
      TENANTS_TABLE: tenants.tableName,
      GATES_TABLE: gates.tableName,
      USAGE_TABLE: usage.tableName,
    };
    this.reports = new PlaneFunction(this, 'Reports', {
      bundles,
      folder: 'usage',
      timeout: Duration.seconds(29),
      environment,
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem', 'BatchGetItem'] }),
        ...tableStatements({ table: gates, actions: ['GetItem', 'BatchGetItem'] }),
        ...tableStatements({ table: usage, actions: ['Query'], indexes: ['month'] }),
      ],
    }).function;
    const metering = new PlaneFunction(this, 'Metering', {
      bundles,
      folder: 'metering',
      timeout: Duration.minutes(5),
      environment: { ...environment, TENANT_USERS_TABLE: tenantUsers.tableName },
      permissions: [
        allow(['dynamodb:Query'], [`${tenants.tableArn}/index/slug`]),
        ...tableStatements({ table: tenantUsers, actions: ['ConditionCheckItem'] }),
        ...tableStatements({ table: gates, actions: ['BatchGetItem'] }),
        countersAndBlockedUsers(gates),
        ...tableStatements({ table: usage, actions: ['Query', 'UpdateItem'] }),
      ],
    });
    new Clock(this, 'Schedule', {
      name: 'cotenant-metering',
      description: 'Takes the counts of the gates over into Usage, and long disabled users out of them',
      schedule: 'rate(5 minutes)',
      function: metering.function,
    });
  }
}

/**
 * Of what admits or refuses the meter can touch nothing but `blockedUsers`, whom the authorizer refuses by itself. ForAllValues is true of a
 * request that names no attribute; there is none such, for an update names its key, and `Null` asks for it all the same.
 */
function countersAndBlockedUsers(gates: ITable): PolicyStatement {
  const counters = [dayCount, monthCount, writeCount, subscriptionCount, refusalCount].map((nameOf) => nameOf('*'));
  return allow(['dynamodb:UpdateItem'], [gates.tableArn], {
    'ForAllValues:StringLike': { 'dynamodb:Attributes': ['tenantId', 'blockedUsers', ...counters] },
    Null: { 'dynamodb:Attributes': 'false' },
  });
}
