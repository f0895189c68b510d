import type { JsonObject } from '../../service.ts';
import type { TableServices, TableSettings } from '../dependencies.ts';
import { objectAt, objectsAt, textAt } from '../wire.ts';
import type { DesiredTable } from './desired-table.ts';

/** Brings an existing table to what is wanted, by as many UpdateTable calls as DynamoDB needs: one change of an index each. */
export async function reconcile(services: TableServices, existing: JsonObject, table: DesiredTable): Promise<void> {
  const { callEngine, schemas } = services;
  try {
    for (const change of tableChanges(existing, table)) {
      await callEngine('UpdateTable', { TableName: table.name, ...change });
    }
  } finally {
    schemas.forget(table.name);
  }
  await reconcileTags(services, textAt(existing, 'TableArn') ?? '', table);
  await reconcileSettings(services, table);
}

function tableChanges(existing: JsonObject, table: DesiredTable): JsonObject[] {
  return [
    ...billingChange(existing, table),
    ...streamChanges(existing, table.streamView),
    ...indexChanges(existing, table),
    ...((existing['DeletionProtectionEnabled'] === true) === table.deletionProtection
      ? []
      : [{ DeletionProtectionEnabled: table.deletionProtection }]),
  ];
}

function billingChange(existing: JsonObject, { billingMode, throughput }: DesiredTable): JsonObject[] {
  const summary = objectAt(existing, 'BillingModeSummary');
  const current = (summary && textAt(summary, 'BillingMode')) ?? 'PROVISIONED';
  const units = objectAt(existing, 'ProvisionedThroughput') ?? {};
  const isSame = !throughput || Object.entries(throughput).every(([name, value]) => units[name] === value);
  if (current === billingMode && (billingMode === 'PAY_PER_REQUEST' || isSame)) return [];
  return [
    {
      ...(current === billingMode ? {} : { BillingMode: billingMode }),
      ...(throughput ? { ProvisionedThroughput: throughput } : {}),
    },
  ];
}

/** Another view type makes another stream. */
function streamChanges(existing: JsonObject, wanted: string | undefined): JsonObject[] {
  const specification = objectAt(existing, 'StreamSpecification');
  const current = specification?.['StreamEnabled'] === true ? textAt(specification, 'StreamViewType') : undefined;
  if (current === wanted) return [];
  return [
    ...(current === undefined ? [] : [{ StreamSpecification: { StreamEnabled: false } }]),
    ...(wanted === undefined ? [] : [{ StreamSpecification: { StreamEnabled: true, StreamViewType: wanted } }]),
  ];
}

/** An index whose keys or projection change is made anew. */
function indexChanges(existing: JsonObject, table: DesiredTable): JsonObject[] {
  const current = new Map(objectsAt(existing, 'GlobalSecondaryIndexes').map((index) => [index['IndexName'], index]));
  const wanted = new Map(table.globalIndexes.map((index) => [index['IndexName'], index]));
  const isSame = (index: JsonObject, other: JsonObject | undefined): boolean =>
    other !== undefined && shapeOf(index) === shapeOf(other);
  const removed = [...current].filter(([name, index]) => !isSame(index, wanted.get(name)));
  const added = [...wanted].filter(([name, index]) => !isSame(index, current.get(name)));
  return [
    ...removed.map(([name]) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: name ?? null } }] })),
    ...added.map(([, index]) => ({
      AttributeDefinitions: table.attributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    })),
  ];
}

function shapeOf(index: JsonObject): string {
  const keys = objectsAt(index, 'KeySchema').map((key) => [key['AttributeName'], key['KeyType']]);
  const projection = objectAt(index, 'Projection') ?? {};
  const attributes = projection['NonKeyAttributes'];
  return JSON.stringify([
    keys,
    projection['ProjectionType'] ?? 'ALL',
    Array.isArray(attributes) ? attributes.map(String).sort() : [],
  ]);
}

async function reconcileTags({ callEngine }: TableServices, arn: string, { tags }: DesiredTable): Promise<void> {
  const answer = await callEngine('ListTagsOfResource', { ResourceArn: arn });
  const current = new Map(objectsAt(answer, 'Tags').map((tag) => [String(tag['Key']), String(tag['Value'])]));
  const gone = [...current.keys()].filter((key) => !Object.hasOwn(tags, key));
  const changed = Object.entries(tags).filter(([key, value]) => current.get(key) !== value);
  if (gone.length > 0) await callEngine('UntagResource', { ResourceArn: arn, TagKeys: gone });
  if (changed.length > 0) {
    await callEngine('TagResource', { ResourceArn: arn, Tags: changed.map(([Key, Value]) => ({ Key, Value })) });
  }
}

async function reconcileSettings(services: TableServices, table: DesiredTable): Promise<void> {
  const { callEngine, settings, clock } = services;
  const current = settings.get(table.name) ?? {};
  const attribute = table.timeToLive ?? current.timeToLive;
  if (current.timeToLive !== table.timeToLive && attribute !== undefined) {
    const TimeToLiveSpecification = { AttributeName: attribute, Enabled: table.timeToLive !== undefined };
    await callEngine('UpdateTimeToLive', { TableName: table.name, TimeToLiveSpecification });
  }
  const wanted: TableSettings = {
    ...(current.token === undefined ? {} : { token: current.token }),
    ...(table.timeToLive === undefined ? {} : { timeToLive: table.timeToLive }),
    ...(table.encryption ? { encryption: table.encryption } : {}),
    ...(table.recoveryDays === undefined
      ? {}
      : { recovery: { enabledAt: current.recovery?.enabledAt ?? clock.now(), days: table.recoveryDays } }),
  };
  if (JSON.stringify(wanted) !== JSON.stringify(current)) await settings.put(table.name, wanted);
}
