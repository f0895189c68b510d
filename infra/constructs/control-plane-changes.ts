import { Stack, Validations } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { tableStatements } from './data-sources.ts';
import type { PlaneApi } from './plane-api.ts';
import { allow, PlaneFunction } from './plane-function.ts';

export interface ControlPlaneChangesProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  readonly api: PlaneApi;
  readonly tenants: ITable;
  readonly tenantStackMapping: ITable;
  /** The tables whose streams it follows. */
  readonly follows: readonly ITable[];
}

const publications = ['publishTenant', 'publishRegistration', 'publishProvisioningRun', 'publishRollout'];

/** Tells operators' live consoles what changes, and ends the subscriptions of tenants and users who are shut out. */
export class ControlPlaneChanges extends PlaneFunction {
  constructor(scope: Construct, id: string, props: ControlPlaneChangesProps) {
    const { bundles, api, tenants, tenantStackMapping, follows } = props;
    const anyEndSubscriptions = Stack.of(scope).formatArn({
      service: 'appsync',
      resource: 'apis',
      resourceName: '*/types/Mutation/fields/endSubscriptions',
    });
    super(scope, id, {
      bundles,
      folder: 'control-plane-changes',
      environment: {
        GRAPHQL_URL: api.api.graphqlUrl,
        TENANTS_TABLE: tenants.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem'] }),
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem'] }),
        allow(['appsync:GraphQL'], [anyEndSubscriptions, ...publications.map((name) => api.mutationArn(name))]),
      ],
    });
    Validations.of(this.function.role ?? this.function).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appsync:<AWS::Region>:<AWS::AccountId>:apis/*/types/Mutation/fields/endSubscriptions]',
      reason:
        'Tenant stacks bring APIs of their own, which are not known when this stack is deployed; the field is named.',
    });
    for (const table of follows) {
      this.function.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          reportBatchItemFailures: true,
          batchSize: 25,
          retryAttempts: 5,
        }),
      );
    }
  }
}
