import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { startTables } from '../../functions/layer/testing/engine.ts';
import type { Evaluation } from '../../infra/local/appsync/runtime/index.ts';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import { gateItem, type GateLimits } from '../../schema/gate.ts';
import { pipelines } from '../application/pipelines.ts';
import type { PipelineStep } from '../pipelines.ts';
import { createStepCompiler } from './bundle-step.ts';
import { type Answer, dynamodbSources } from './dynamodb-source.ts';

/** What the authorizer would answer: strings. */
export interface TestCaller {
  readonly tenantId: string;
  readonly tier: string;
  readonly role: string;
  readonly userId: string;
  readonly shardCount: string;
  readonly tokenExpiresAt: string;
}

/** One call of a handler; `evaluate` makes it, as often as it is called, and changes nothing. */
export interface HandlerCall {
  readonly step: string;
  readonly handler: 'request' | 'response';
  evaluate(): Evaluation;
}

/** A field that ended with a top-level error. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  constructor(readonly errorType: string, message: string, readonly errorInfo: unknown) {
    super(message);
  }
}

export interface ApplicationPlane {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  /** The requests that steps sent, newest last. */
  readonly requests: Json[];
  /** What the Lambda data sources answer, by name; each gets the payload. */
  readonly functions: Record<string, (payload: Json) => Json>;
  /** Called before each step with its name: a test can let time pass there. */
  beforeStep: (step: string) => void | Promise<void>;
  /** Called before each handler. */
  beforeHandler: (call: HandlerCall) => void;
  /** Moves the clock, milliseconds since the epoch. */
  setTime(now: number): void;
  openGate(tenantId: string, limits?: Partial<GateLimits>): Promise<void>;
  /** Resolves a root field as AppSync would, the gate first. Throws FieldError. */
  ask<Result = JsonObject>(caller: TestCaller | null, coordinate: string, args?: JsonObject): Promise<Result>;
  /** The same without the gate. */
  askUngated<Result = JsonObject>(caller: TestCaller | null, coordinate: string, args?: JsonObject): Promise<Result>;
  stop(): Promise<void>;
}

export function callerOf(tenantId: string, more: Partial<TestCaller> = {}): TestCaller {
  return {
    tenantId,
    tier: 'BASIC',
    role: 'TENANT_ADMIN',
    userId: `user-of-${tenantId}`,
    shardCount: '1',
    tokenExpiresAt: '4102444800',
    ...more,
  };
}

/** What goes before every field. */
export const tenantGate: readonly PipelineStep[] = [
  { step: '../lib/gate/chargeIdle', dataSource: 'Gates' },
  { step: '../lib/gate/chargeBusy', dataSource: 'Gates' },
  { step: '../lib/gate/chargeIdleAgain', dataSource: 'Gates' },
  { step: '../lib/gate/chargeBusyAgain', dataSource: 'Gates' },
  { step: '../lib/gate/countRefusal', dataSource: 'Gates' },
];
const plenty: GateLimits = { requestsPerSecond: 1000, burst: 1000, requestsPerDay: 1e6, requestsPerMonth: 1e7 };

/** The application plane on a real DynamoDB engine: every step bundled, checked and run as it is deployed. */
export async function startApplicationPlane(): Promise<ApplicationPlane> {
  const engine = await startTables();
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const tables = { ...engine.tables, PRODUCTS_TABLE: 'test-products', ORDERS_TABLE: 'test-orders' };
  await createShardedTable(client, tables.PRODUCTS_TABLE, 'productId');
  await createShardedTable(client, tables.ORDERS_TABLE, 'orderId');
  const tableOf: Readonly<Record<string, string>> = {
    Gates: tables.GATES_TABLE,
    Tenants: tables.TENANTS_TABLE,
    Usage: tables.USAGE_TABLE,
    TenantUsers: tables.TENANT_USERS_TABLE,
    Products: tables.PRODUCTS_TABLE,
    Orders: tables.ORDERS_TABLE,
    Sales: tables.ORDERS_TABLE,
  };

  let time = Date.now();
  const ask = dynamodbSources(engine.endpoint);
  const compile = createStepCompiler(() => time);
  const requests: Json[] = [];
  const functions: ApplicationPlane['functions'] = {};

  const invoke = async (dataSource: string, request: Json): Promise<Answer> => {
    requests.push(request);
    const table = tableOf[dataSource];
    const answer = functions[dataSource];
    if (dataSource === 'None') return { result: (request as JsonObject).payload ?? null };
    if (answer) return { result: answer((request as JsonObject).payload ?? null) };
    if (!table) throw new Error(`Nothing answers the data source ${dataSource} here`);
    return ask(table, request);
  };

  const run = async (
    steps: readonly PipelineStep[],
    caller: TestCaller | null,
    coordinate: string,
    args: JsonObject,
  ) => {
    let stash: JsonObject = {};
    let previous: Json = null;
    for (const { step, dataSource } of steps) {
      await plane.beforeStep(step);
      const code = compile(`application/${step}`);
      const evaluate = (handler: 'request' | 'response', { result, error }: Partial<Answer>) => {
        const context = {
          arguments: args,
          identity: caller && { resolverContext: { ...caller } },
          source: null,
          stash,
          result: result ?? null,
          prev: { result: previous },
          error: error ?? null,
          request: { headers: {}, domainName: null },
          env: { ...tables, STACK: 'pooled' },
          info: {
            fieldName: coordinate.split('.')[1] ?? '',
            parentTypeName: coordinate.split('.')[0] ?? '',
            variables: {},
            selectionSetList: [],
            selectionSetGraphQL: '',
          },
        };
        const call: HandlerCall = { step, handler, evaluate: () => code.evaluate(handler, context) };
        plane.beforeHandler(call);
        const evaluation = call.evaluate();
        throwIfFailed(evaluation);
        stash = evaluation.stash;
        return evaluation;
      };
      const asked = evaluate('request', {});
      previous = asked.earlyReturn ? asked.result : evaluate('response', await invoke(dataSource, asked.result)).result;
      if (asked.earlyReturn?.skipTo === 'END') break;
    }
    return previous;
  };

  const stepsOf = (coordinate: string) => pipelines[coordinate] ?? [];
  const plane: ApplicationPlane = {
    documents: engine.documents,
    tables,
    requests,
    functions,
    beforeStep: () => undefined,
    beforeHandler: () => undefined,
    setTime: (now) => {
      time = now;
    },
    openGate: async (tenantId, limits = {}) => {
      const Item = gateItem(tenantId, { ...plenty, ...limits }, 'pooled');
      await engine.documents.send(new PutCommand({ TableName: tables.GATES_TABLE, Item }));
    },
    ask: async <Result>(caller: TestCaller | null, coordinate: string, args: JsonObject = {}) =>
      (await run([...tenantGate, ...stepsOf(coordinate)], caller, coordinate, args)) as Result,
    askUngated: async <Result>(caller: TestCaller | null, coordinate: string, args: JsonObject = {}) =>
      (await run(stepsOf(coordinate), caller, coordinate, args)) as Result,
    stop: async () => {
      client.destroy();
      await engine.stop();
    },
  };
  return plane;
}

function throwIfFailed({ error }: Evaluation): void {
  if (error) throw new FieldError(error.type ?? 'null', error.message, error.errorInfo);
}

async function createShardedTable(client: DynamoDBClient, TableName: string, sort: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'shardId', KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'shardId', AttributeType: 'S' },
        { AttributeName: sort, AttributeType: 'S' },
      ],
    }),
  );
}
