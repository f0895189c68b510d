import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The control plane's tables as functions see them: environment variable → keys. */
const tables = {
  TENANTS_TABLE: { keys: ['tenantId'], indexes: { slug: ['listing', 'slug'] } },
  TENANT_STACK_MAPPING_TABLE: { keys: ['tenantId'], indexes: { listing: ['listing', 'tenantId'] } },
  RELEASES_TABLE: { keys: ['release'], indexes: { createdAt: ['listing', 'createdAt'] } },
  PROVISIONING_RUNS_TABLE: { keys: ['runId'], indexes: { tenantId: ['tenantId', 'runId'] } },
  ROLLOUTS_TABLE: { keys: ['rolloutId'], indexes: { listing: ['listing', 'rolloutId'] } },
  TENANT_USERS_TABLE: { keys: ['tenantId', 'userId'], indexes: { sub: ['sub'] } },
  GATES_TABLE: { keys: ['tenantId'] },
  REGISTRATIONS_TABLE: { keys: ['registrationId'] },
  AUDIT_LOG_TABLE: { keys: ['listing', 'id'], indexes: { tenantId: ['tenantId', 'id'] } },
  TIERS_TABLE: { keys: ['tier'] },
  USAGE_TABLE: { keys: ['tenantId', 'day'], indexes: { month: ['month', 'tenantId'] } },
  TRANSITIONS_TABLE: { keys: ['tenantId'], indexes: { due: ['agenda', 'dueAt'] } },
  FINDINGS_TABLE: { keys: ['finding'] },
  PUBLIC_GATES_TABLE: { keys: ['chargedTo'] },
} as const satisfies Record<string, { keys: readonly string[]; indexes?: Record<string, readonly string[]> }>;

export type TableName = keyof typeof tables;
export type TableNames = Readonly<Record<TableName, string>>;

/** Creates every table under a name of this suite's own and answers the names. */
export async function createTables(client: DynamoDBClient, prefix: string): Promise<TableNames> {
  const names = Object.keys(tables).map((variable) => [variable, `${prefix}-${variable}`] as const);
  for (const [variable, name] of names) await client.send(new CreateTableCommand(definition(variable, name)));
  return Object.fromEntries(names) as TableNames;
}

function definition(variable: string, name: string): CreateTableCommandInput {
  const { keys, indexes = {} }: { keys: readonly string[]; indexes?: Record<string, readonly string[]> } =
    tables[variable as TableName];
  const attributes = new Set([keys, ...Object.values(indexes)].flat());
  const secondary = Object.entries(indexes).map(([indexName, indexKeys]) => ({
    IndexName: indexName,
    KeySchema: keySchema(indexKeys),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(keys),
    AttributeDefinitions: [...attributes].map((attribute) => ({ AttributeName: attribute, AttributeType: 'S' })),
    ...(secondary.length > 0 && { GlobalSecondaryIndexes: secondary }),
  };
}

function keySchema(keys: readonly string[]) {
  return keys.map((attribute, index) => ({
    AttributeName: attribute,
    KeyType: index === 0 ? ('HASH' as const) : ('RANGE' as const),
  }));
}
