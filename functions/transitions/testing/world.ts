import { createHash } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dayCount, gateItem } from '../../../schema/gate.ts';
import { type TransitionItem, newOffboarding } from '../../../schema/transition.ts';
import type { TenantItem } from '../../layer/registry.ts';
import { startTables } from '../../layer/testing/engine.ts';
import type { DynamoDBDocumentClient } from '../../layer/documents.ts';
import type { TableNames } from '../../layer/testing/tables.ts';
import { createFakeCognito, type FakeCognito } from '../../layer/testing/fake-cognito.ts';
import { advance } from '../advance.ts';
import type { Dependencies } from '../dependencies.ts';

export const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };
export const start = new Date('2026-11-23T10:00:00.000Z');
const today = '2026-11-23';
/** What the gate of a tenant on its way out has counted and nobody has metered yet. */
const requestsToday = 7;

export interface World {
  /** Time stands still until a test or `run` moves it. */
  now: Date;
  cognito: FakeCognito;
  /** The pool of users of a silo: `silo-pool`. */
  siloCognito: FakeCognito;
  readonly objects: Map<string, string>;
  readonly documents: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly data: Readonly<Record<'products' | 'orders', string>>;
  /** The tables of a silo, where a test makes one. */
  readonly siloData: Readonly<Record<'products' | 'orders', string>>;
  dependencies(): Dependencies;
  put(table: string, item: object): Promise<unknown>;
  get<Item>(table: string, key: Record<string, string>): Promise<Item | undefined>;
  all(table: string): Promise<Record<string, unknown>[]>;
  remove(table: string, key: Record<string, string>): Promise<unknown>;
  /** All rows of a table of tenants' data. */
  empty(table: string, sortKey: string): Promise<void>;
  tenant(tenantId: string): Promise<TenantItem | undefined>;
  transition(tenantId: string): Promise<TransitionItem | undefined>;
  /** What the bill has of the day. */
  operations(tenantId: string): Promise<number>;
  /** What the audit log says was done. */
  actions(tenantId: string): Promise<string[]>;
  /** Does what is due, and lets time pass to what is due next, up to `until`. Answers the steps that it came through. */
  run(tenantId: string, until?: Date, dependencies?: Dependencies): Promise<string[]>;
  stop(): Promise<void>;
}

/** The control plane's tables and one tenant stack's, on a real engine; Cognito and S3 in memory. */
export async function startWorld(): Promise<World> {
  const engine = await startTables();
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const data = { products: 'test-products', orders: 'test-orders' };
  await createShardedTable(client, data.products, 'productId');
  await createShardedTable(client, data.orders, 'orderId');
  const siloData = { products: 'silo-products', orders: 'silo-orders' };
  await createShardedTable(client, siloData.products, 'productId');
  await createShardedTable(client, siloData.orders, 'orderId');
  const { documents, tables } = engine;

  let runs = 0;
  const world: World = {
    now: start,
    cognito: createFakeCognito(),
    siloCognito: createFakeCognito(),
    objects: new Map<string, string>(),
    documents,
    tables,
    data,
    siloData,
    dependencies: (): Dependencies => ({
      documents,
      cognito: bothPools(world),
      objects: fakeObjects(world.objects) as unknown as Dependencies['objects'],
      exportBucket: 'exports',
      tenantSession: () => Promise.resolve(documents),
      tables,
      clock: () => world.now,
      createRunId: () => `RUN${String((runs += 1))}`,
      region: 'us-east-1',
      rowsAtATime: 500,
    }),
    put: (TableName: string, Item: object) => documents.send(new PutCommand({ TableName, Item: { ...Item } })),
    get: async <Item>(TableName: string, Key: Record<string, string>) =>
      (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item as Item | undefined,
    all: async (TableName: string) => (await documents.send(new ScanCommand({ TableName }))).Items ?? [],
    remove: (TableName: string, Key: Record<string, string>) => documents.send(new DeleteCommand({ TableName, Key })),
    empty: async (table: string, sortKey: string) => {
      for (const row of await world.all(table)) {
        await world.remove(table, { shardId: String(row['shardId']), [sortKey]: String(row[sortKey]) });
      }
    },
    tenant: (tenantId: string) => world.get<TenantItem>(tables.TENANTS_TABLE, { tenantId }),
    transition: (tenantId: string) => world.get<TransitionItem>(tables.TRANSITIONS_TABLE, { tenantId }),
    operations: async (tenantId: string): Promise<number> => {
      const item = await world.get<{ operations: number }>(tables.USAGE_TABLE, { tenantId, day: today });
      return item?.operations ?? 0;
    },
    actions: async (tenantId: string): Promise<string[]> => {
      const { Items = [] } = await documents.send(
        new QueryCommand({
          TableName: tables.AUDIT_LOG_TABLE,
          IndexName: 'tenantId',
          KeyConditionExpression: 'tenantId = :tenantId',
          ExpressionAttributeValues: { ':tenantId': tenantId },
        }),
      );
      return Items.map(({ action }) => String(action));
    },
    run: async (tenantId, until = start, dependencies = world.dependencies()) => {
      const steps: string[] = [];
      for (;;) {
        const step = (await world.transition(tenantId))?.step;
        if (step !== undefined && steps.at(-1) !== step) steps.push(step);
        const dueAt = await advance(dependencies)(tenantId);
        if (!dueAt) return steps;
        if (dueAt > until) return [...steps, (await world.transition(tenantId))?.step ?? ''];
        if (dueAt > world.now) world.now = dueAt;
      }
    },
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
  return world;
}

/** A tenant of the pool with a gate, an administrator and rows, next to another one's. */
export async function givenTenant(world: World, tenantId: string, rows = 3): Promise<void> {
  const { tables, data } = world;
  const slug = tenantId.toLowerCase();
  const adminEmail = `admin@${slug}.example`;
  await world.put(tables.TENANT_STACK_MAPPING_TABLE, {
    tenantId: 'pooled',
    release: '1',
    productsTable: data.products,
    ordersTable: data.orders,
    dataRoleArn: 'arn:role',
    userPoolId: 'pool',
    userPoolClientId: 'client',
  });
  await world.put(tables.TENANTS_TABLE, {
    tenantId,
    listing: 'TENANT',
    name: `Company ${tenantId}`,
    slug,
    tier: 'BASIC',
    status: 'ACTIVE',
    deployment: 'POOLED',
    stack: 'pooled',
    adminEmail,
    adminName: 'Ann',
    currency: 'USD',
    limits,
    hasOwnLimits: false,
    shardCount: 2,
    userPoolId: 'pool',
    userPoolClientId: 'client',
    registrationId: `R-${tenantId}`,
    version: 1,
    createdAt: start.toISOString(),
    updatedAt: start.toISOString(),
  });
  await world.put(tables.REGISTRATIONS_TABLE, {
    registrationId: `R-${tenantId}`,
    tenantId,
    status: 'ACTIVE',
    adminEmail,
    adminName: 'Ann',
  });
  await world.put(tables.TENANTS_TABLE, { tenantId: `SLUG#${slug}`, owner: tenantId });
  await world.put(tables.GATES_TABLE, { ...gateItem(tenantId, limits, 'pooled'), status: 'ACTIVE' });
  await givenUser(world, tenantId, adminEmail);
  for (let index = 0; index < rows; index += 1) {
    const shardId = `${tenantId}#${index % 2}`;
    await world.put(data.products, { shardId, productId: `P${index}`, tenantId, name: 'Lamp', stock: index });
    await world.put(data.orders, { shardId, orderId: `O${index}`, tenantId, total: index, lines: [] });
  }
}

export async function givenUser(world: World, tenantId: string, email: string): Promise<void> {
  const { tables, cognito } = world;
  cognito.groups.add(tenantId);
  const userId = createHash('sha256').update(email).digest('hex').slice(0, 12);
  cognito.users.set(userId, {
    id: userId,
    email,
    attributes: [
      { Name: 'sub', Value: userId },
      { Name: 'email', Value: email },
    ],
    enabled: true,
    status: 'CONFIRMED',
    groups: new Set([tenantId]),
    invitations: 1,
    signedOut: 0,
  });
  await world.put(tables.TENANTS_TABLE, { tenantId: `EMAIL#pooled#${email}`, owner: tenantId });
  const user = { tenantId, userId, sub: userId, email, name: 'Ann', role: 'TENANT_ADMIN', status: 'ACTIVE' };
  await world.put(tables.TENANT_USERS_TABLE, user);
}

/** An offboarding as the control plane's resolver begins it. */
export async function givenOffboarding(world: World, tenantId: string, purgeAt = start): Promise<void> {
  const { tables } = world;
  const at = { tenantId, transitionId: `X-${tenantId}`, startedBy: 'operator', fromStack: 'pooled' };
  const item = newOffboarding(
    { ...at, now: world.now.toISOString() },
    { statusBefore: 'ACTIVE', purgeAt: purgeAt.toISOString() },
  );
  await world.put(tables.TRANSITIONS_TABLE, item);
  await world.put(tables.TENANTS_TABLE, { ...(await world.tenant(tenantId)), status: 'OFFBOARDING' });
  const counted = { [dayCount(today)]: requestsToday };
  const gate = { ...gateItem(tenantId, limits, 'pooled'), status: 'SUSPENDED', freeAt: 1, ...counted };
  await world.put(tables.GATES_TABLE, gate);
}

/** Cognito finds the pool by its id. */
function bothPools(world: Pick<World, 'cognito' | 'siloCognito'>): Dependencies['cognito'] {
  const send = (command: { readonly input: { readonly UserPoolId?: string } }) => {
    const { client } = command.input.UserPoolId === 'silo-pool' ? world.siloCognito : world.cognito;
    return client.send(command as never);
  };
  return { send } as unknown as Dependencies['cognito'];
}

function fakeObjects(objects: Map<string, string>) {
  return {
    send: (command: PutObjectCommand) => {
      objects.set(String(command.input.Key), String(command.input.Body as string));
      return Promise.resolve({});
    },
  };
}

async function createShardedTable(client: DynamoDBClient, TableName: string, sortKey: string): Promise<void> {
  const [hash, range] = ['shardId', sortKey];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: hash, KeyType: 'HASH' },
        { AttributeName: range, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: hash, AttributeType: 'S' },
        { AttributeName: range, AttributeType: 'S' },
      ],
    }),
  );
}
