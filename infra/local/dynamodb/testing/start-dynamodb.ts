import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { AwsError } from '../../errors.ts';
import type {
  CallContext,
  ConditionContext,
  Identity,
  JsonObject,
  LocalService,
  Principal,
  Tables,
} from '../../service.ts';
import { startServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { callEngine } from '../engine-client.ts';
import { startEngine } from '../engine.ts';
import { createDynamodb } from '../index.ts';

/** A permission that was asked for. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context?: ConditionContext;
}

export interface RunningDynamodb {
  readonly tables: LocalService & Tables;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
  /** What was asked of the identity since the last `forget`. */
  readonly asked: readonly Asked[];
  /** From now on these actions are refused. */
  deny(...actions: readonly string[]): void;
  forget(): void;
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  stop(): Promise<void>;
}

export const orders = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

const worker: Principal = {
  accountId: '000000000000',
  arn: 'arn:aws:sts::000000000000:assumed-role/worker/test',
  userId: 'AROA:test',
  roleArn: 'arn:aws:iam::000000000000:role/worker',
};

/** DynamoDB behind a front door, with the table `orders` and the cloud's own; every caller is a role's session. */
export async function startDynamodb(): Promise<RunningDynamodb> {
  let asked: Asked[] = [];
  let denied: readonly string[] = [];
  const identity: Identity = {
    ...trustingIdentity,
    authenticate: () => worker,
    authorize(principal, action, resource, context) {
      asked.push({
        action,
        resource,
        ...(context ? { context: foundIn(context) } : {}),
      });
      if (!denied.includes(action)) return;
      throw new AwsError('AccessDeniedException', `User: ${principal.arn} may not ${action} ${resource}`, 403);
    },
  };

  const engine = await startEngine({ folder: null, variables: {} });
  let built: (LocalService & Tables) | undefined;
  const services = await startServices((environment, state) => {
    built = createDynamodb({ state, environment, identity, clock: Date, engine: engine.endpoint });
    return [built];
  }, identity);
  const tables = built as unknown as LocalService & Tables;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: services.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  await callEngine(engine.endpoint, 'CreateTable', stateTable);
  await client.send(new CreateTableCommand(ordersTable));

  return {
    tables,
    client,
    documents: DynamoDBDocumentClient.from(client),
    get asked() {
      return asked;
    },
    deny: (...actions) => (denied = actions),
    forget: () => {
      asked = [];
      denied = [];
    },
    call: (operation, input) => tables.call(worker, operation, input),
    stop: async () => {
      expect(services.faults).toEqual([]);
      await services.stop();
      await engine.stop();
    },
  };
}

const stateTable: JsonObject = {
  TableName: 'local-cloud-state',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
};

const ordersTable: CreateTableCommand['input'] = {
  TableName: 'orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'tenant', AttributeType: 'S' },
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'status', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'tenant', KeyType: 'HASH' },
    { AttributeName: 'id', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byStatus',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/** All keys with their values, as a policy that asked for each would find them. */
function foundIn(context: CallContext): ConditionContext {
  const gathered = typeof context === 'function' ? context() : context;
  const found = Object.entries(gathered).map(([key, value]) => [key, typeof value === 'function' ? value() : value]);
  return Object.fromEntries(found.filter(([, value]) => value?.length !== 0)) as ConditionContext;
}
