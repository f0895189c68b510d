import { AwsError } from '../../errors.ts';
import type { Environment, JsonObject, ResourceProvider } from '../../service.ts';
import type { TableServices } from '../dependencies.ts';
import { objectAt, objectsAt, textAt } from '../wire.ts';
import type { ReadTable } from './desired-table.ts';
import {
  isTrue,
  readEncryption,
  readIndexes,
  readRecovery,
  readStream,
  readTags,
  readTimeToLive,
  refuseInsights,
  requireKnown,
} from './read-properties.ts';
import { createTableResource } from './table-resource.ts';

/** AWS::DynamoDB::GlobalTable, what CDK's TableV2 makes: here with the one replica of this region. */
export function globalTableProvider(services: TableServices): ResourceProvider {
  return {
    type: 'AWS::DynamoDB::GlobalTable',
    properties: [
      'AttributeDefinitions',
      'BillingMode',
      'GlobalSecondaryIndexes',
      'KeySchema',
      'LocalSecondaryIndexes',
      'Replicas',
      'SSESpecification',
      'StreamSpecification',
      'TableName',
      'TimeToLiveSpecification',
    ],
    replacedBy: ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
    ...createTableResource(services, readGlobalTable(services.environment)),
  };
}

const readGlobalTable =
  (environment: Environment): ReadTable =>
  (scope, name, properties) => {
    if (textAt(properties, 'BillingMode') !== 'PAY_PER_REQUEST') {
      throw new AwsError('ValidationError', 'BillingMode of a global table is supported as PAY_PER_REQUEST only');
    }
    const replica = readReplica(environment, properties);
    return {
      name,
      attributeDefinitions: objectsAt(properties, 'AttributeDefinitions'),
      keySchema: objectsAt(properties, 'KeySchema'),
      globalIndexes: readIndexes(properties, 'GlobalSecondaryIndexes', []),
      localIndexes: readIndexes(properties, 'LocalSecondaryIndexes', []),
      billingMode: 'PAY_PER_REQUEST',
      throughput: undefined,
      streamView: readStream(properties),
      deletionProtection: isTrue(replica['DeletionProtectionEnabled']),
      encryption: replicaEncryption(properties, replica),
      timeToLive: readTimeToLive(properties),
      recoveryDays: readRecovery(replica),
      tags: readTags(scope, replica),
    };
  };

function readReplica(environment: Environment, properties: JsonObject): JsonObject {
  const replicas = objectsAt(properties, 'Replicas');
  const [replica] = replicas;
  if (!replica || replicas.length > 1 || replica['Region'] !== environment.region) {
    const regions = replicas.map(({ Region }) => String(Region)).join(', ');
    throw new AwsError(
      'ValidationError',
      `Replicas are in ${regions || 'no region'}: expected ${environment.region} only`,
    );
  }
  requireKnown('Replicas', replica, [
    'Region',
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'PointInTimeRecoverySpecification',
    'SSESpecification',
    'TableClass',
    'Tags',
  ]);
  refuseInsights('Replicas', replica);
  for (const index of objectsAt(replica, 'GlobalSecondaryIndexes')) {
    requireKnown('Replicas.GlobalSecondaryIndexes', index, ['IndexName', 'ContributorInsightsSpecification']);
    refuseInsights('Replicas.GlobalSecondaryIndexes', index);
  }
  return replica;
}

/** The table says whether, the replica with which key. */
function replicaEncryption(properties: JsonObject, replica: JsonObject): JsonObject | undefined {
  const encryption = readEncryption(properties);
  const key = objectAt(replica, 'SSESpecification');
  requireKnown('Replicas.SSESpecification', key, ['KMSMasterKeyId']);
  return encryption && { ...encryption, ...key };
}
