import { AwsError } from '../../errors.ts';
import type { Json, JsonObject, ResourceScope } from '../../service.ts';
import { objectAt, objectsAt, omit, textAt } from '../wire.ts';
import type { DesiredTable } from './desired-table.ts';

const longestRecovery = 35;

/** Throws AwsError ValidationError for a nested property that is not honoured. */
export function requireKnown(owner: string, value: JsonObject | undefined, known: readonly string[]): void {
  for (const name of Object.keys(value ?? {})) {
    if (!known.includes(name)) {
      throw new AwsError('ValidationError', `${owner}.${name} is not supported: expected ${known.join(', ')}`);
    }
  }
}

/** CloudFormation's parameters make texts of numbers and booleans. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

export function readEncryption(properties: JsonObject): JsonObject | undefined {
  const specification = objectAt(properties, 'SSESpecification');
  requireKnown('SSESpecification', specification, ['SSEEnabled', 'SSEType', 'KMSMasterKeyId']);
  if (!specification || !isTrue(specification['SSEEnabled'])) return undefined;
  return { Enabled: true, ...omit(specification, 'SSEEnabled') };
}

export function readTimeToLive(properties: JsonObject): string | undefined {
  const specification = objectAt(properties, 'TimeToLiveSpecification');
  requireKnown('TimeToLiveSpecification', specification, ['AttributeName', 'Enabled']);
  return specification && isTrue(specification['Enabled']) ? textAt(specification, 'AttributeName') : undefined;
}

export function readRecovery(owner: JsonObject): number | undefined {
  const specification = objectAt(owner, 'PointInTimeRecoverySpecification');
  requireKnown('PointInTimeRecoverySpecification', specification, [
    'PointInTimeRecoveryEnabled',
    'RecoveryPeriodInDays',
  ]);
  if (!specification || !isTrue(specification['PointInTimeRecoveryEnabled'])) return undefined;
  return Number(specification['RecoveryPeriodInDays'] ?? longestRecovery);
}

/** Whether contributor insights are asked for: there are none here. */
export function refuseInsights(owner: string, holder: JsonObject): void {
  const specification = objectAt(holder, 'ContributorInsightsSpecification');
  if (specification && isTrue(specification['Enabled'])) {
    throw new AwsError('ValidationError', `${owner}.ContributorInsightsSpecification is not supported`);
  }
}

export function readIndexes(properties: JsonObject, member: string, known: readonly string[]): JsonObject[] {
  return objectsAt(properties, member).map((index) => {
    requireKnown(member, index, ['IndexName', 'KeySchema', 'Projection', ...known]);
    refuseInsights(member, index);
    const { IndexName, KeySchema, Projection } = index;
    const throughput = objectAt(index, 'ProvisionedThroughput');
    return {
      IndexName: IndexName ?? null,
      KeySchema: KeySchema ?? [],
      Projection: Projection ?? {},
      ...(throughput ? { ProvisionedThroughput: readThroughput(throughput) } : {}),
    };
  });
}

export function readThroughput(value: JsonObject): JsonObject {
  return {
    ReadCapacityUnits: Number(value['ReadCapacityUnits']),
    WriteCapacityUnits: Number(value['WriteCapacityUnits']),
  };
}

export function readTags(scope: ResourceScope, properties: JsonObject): DesiredTable['tags'] {
  const own = objectsAt(properties, 'Tags').map((tag) => [String(tag['Key']), String(tag['Value'])] as const);
  return { ...scope.tags, ...Object.fromEntries(own) };
}

export function readStream(properties: JsonObject): string | undefined {
  const specification = objectAt(properties, 'StreamSpecification');
  requireKnown('StreamSpecification', specification, ['StreamViewType']);
  return specification && textAt(specification, 'StreamViewType');
}
