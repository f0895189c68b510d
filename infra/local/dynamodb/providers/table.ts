import { AwsError } from '../../errors.ts';
import type { ResourceProvider } from '../../service.ts';
import type { TableServices } from '../dependencies.ts';
import { objectAt, objectsAt, textAt } from '../wire.ts';
import type { ReadTable } from './desired-table.ts';
import { createTableResource } from './table-resource.ts';
import {
  isTrue,
  readEncryption,
  readIndexes,
  readRecovery,
  readStream,
  readTags,
  readThroughput,
  readTimeToLive,
  refuseInsights,
} from './read-properties.ts';

/** AWS::DynamoDB::Table */
export function tableProvider(services: TableServices): ResourceProvider {
  return {
    type: 'AWS::DynamoDB::Table',
    properties: [
      'AttributeDefinitions',
      'BillingMode',
      'ContributorInsightsSpecification',
      'DeletionProtectionEnabled',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'LocalSecondaryIndexes',
      'PointInTimeRecoverySpecification',
      'ProvisionedThroughput',
      'SSESpecification',
      'StreamSpecification',
      'TableClass',
      'TableName',
      'Tags',
      'TimeToLiveSpecification',
    ],
    replacedBy: ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
    ...createTableResource(services, readTable),
  };
}

const readTable: ReadTable = (scope, name, properties) => {
  refuseInsights('AWS::DynamoDB::Table', properties);
  const billingMode = textAt(properties, 'BillingMode') ?? 'PROVISIONED';
  if (billingMode !== 'PAY_PER_REQUEST' && billingMode !== 'PROVISIONED') {
    throw new AwsError('ValidationError', `BillingMode is ${billingMode}: expected PAY_PER_REQUEST or PROVISIONED`);
  }
  const throughput = objectAt(properties, 'ProvisionedThroughput');
  return {
    name,
    attributeDefinitions: objectsAt(properties, 'AttributeDefinitions'),
    keySchema: objectsAt(properties, 'KeySchema'),
    globalIndexes: readIndexes(properties, 'GlobalSecondaryIndexes', [
      'ProvisionedThroughput',
      'ContributorInsightsSpecification',
    ]),
    localIndexes: readIndexes(properties, 'LocalSecondaryIndexes', []),
    billingMode,
    throughput: throughput && readThroughput(throughput),
    streamView: readStream(properties),
    deletionProtection: isTrue(properties['DeletionProtectionEnabled']),
    encryption: readEncryption(properties),
    timeToLive: readTimeToLive(properties),
    recoveryDays: readRecovery(properties),
    tags: readTags(scope, properties),
  };
};
