import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Tables of the control plane that other stacks work with. */
export type SharedTable =
  | 'Tenants'
  | 'TenantUsers'
  | 'TenantStackMapping'
  | 'Gates'
  | 'Usage'
  | 'Releases'
  | 'ProvisioningRuns'
  | 'Rollouts'
  | 'AuditLog';

const parameterName = (table: SharedTable): string => `/cotenant/control-plane/tables/${table}`;

/** Says in Parameter Store what a table is called, so that tenant stacks need no export of ours: exports would bind their lives together. */
export function publishTable(scope: Construct, name: SharedTable, table: ITable): void {
  new StringParameter(scope, `${name}Name`, { parameterName: parameterName(name), stringValue: table.tableName });
}

/** The control plane's table of that name, found by Parameter Store when the stack is deployed. */
export function findTable(scope: Construct, name: SharedTable): ITable {
  const { partition, region, account } = Stack.of(scope);
  const tableName = StringParameter.valueForStringParameter(scope, parameterName(name));
  return Table.fromTableAttributes(scope, name, {
    tableArn: `arn:${partition}:dynamodb:${region}:${account}:table/${tableName}`,
  });
}

/** Where the control plane's API and its operators' pool are: what a public web page may know. */
export type PublicValue = 'GraphqlUrl' | 'RealtimeUrl' | 'ApiKey' | 'UserPoolId' | 'UserPoolClientId';

const publicName = (name: PublicValue): string => `/cotenant/control-plane/public/${name}`;

/** Says in Parameter Store what the apps' pages need to know. */
export function publishValue(scope: Construct, name: PublicValue, value: string): void {
  new StringParameter(scope, `Public${name}`, { parameterName: publicName(name), stringValue: value });
}

/** What `publishValue` said, as of when the stack is deployed. */
export function findValue(scope: Construct, name: PublicValue): string {
  return StringParameter.valueForStringParameter(scope, publicName(name));
}
