import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TenantStatus, Tier } from '../../generated/control-plane.ts';
import { startTables } from '../../functions/layer/testing/engine.ts';
import type { TableNames } from '../../functions/layer/testing/tables.ts';
import type { Evaluation } from '../../infra/local/appsync/runtime/index.ts';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import { gateItem } from '../../schema/gate.ts';
import { publicLimits } from '../../schema/public-gate.ts';
import { pipelines, publicGate } from '../control-plane/pipelines.ts';
import type { PipelineStep } from '../pipelines.ts';
import { FieldError, type HandlerCall } from './application-plane.ts';
import { createStepCompiler } from './bundle-step.ts';
import { type Answer, dynamodbSources } from './dynamodb-source.ts';

export const admin = {
  role: 'SYSTEM_ADMIN',
  userId: 'operator-1',
  email: 'ann@example.com',
  tokenExpiresAt: '4102444800',
};

export interface ControlPlane {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: TableNames;
  /** What the Lambda data sources answer, by name; each gets the payload. */
  readonly functions: Record<string, (payload: JsonObject) => Json>;
  /** The filters that subscriptions set, newest last. */
  readonly subscriptionFilters: Json[];
  /** The filters by which those subscriptions end, newest last. */
  readonly invalidationFilters: Json[];
  /** What steps have ended, newest last. */
  readonly invalidations: Evaluation['subscriptionInvalidations'][number][];
  /** Called before each handler. */
  beforeHandler: (call: HandlerCall) => void;
  /** Resolves a root field as AppSync would. Throws FieldError. */
  ask<Result = JsonObject>(coordinate: string, args?: JsonObject, identity?: JsonObject | null): Promise<Result>;
  /** The same for whoever has no account, with the public gate before it, as a request with these headers. */
  askPublic<Result = JsonObject>(
    coordinate: string,
    args: JsonObject,
    headers: Readonly<Record<string, string>>,
    identity?: JsonObject | null,
  ): Promise<Result>;
  /** Moves the clock, milliseconds since the epoch; it stands still from then on. */
  setTime(now: number): void;
  /** The limits of the public gate from now on. */
  setPublicLimits(limits: unknown): void;
  givenTenant(tenantId: string, tenant?: { slug?: string; status?: TenantStatus; tier?: Tier }): Promise<void>;
  stop(): Promise<void>;
}

const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };

/** The control plane on a real DynamoDB engine: every step bundled, checked and run as it is deployed. */
export async function startControlPlane(): Promise<ControlPlane> {
  const engine = await startTables();
  const { tables } = engine;
  const tableOf: Readonly<Record<string, string>> = {
    Tenants: tables.TENANTS_TABLE,
    TenantStackMapping: tables.TENANT_STACK_MAPPING_TABLE,
    ProvisioningRuns: tables.PROVISIONING_RUNS_TABLE,
    TenantUsers: tables.TENANT_USERS_TABLE,
    Registrations: tables.REGISTRATIONS_TABLE,
    AuditLog: tables.AUDIT_LOG_TABLE,
    Tiers: tables.TIERS_TABLE,
    TenantLifecycle: tables.TENANTS_TABLE,
    TenantWaves: tables.TENANT_STACK_MAPPING_TABLE,
    Releases: tables.RELEASES_TABLE,
    Rollouts: tables.ROLLOUTS_TABLE,
    PublicGates: tables.PUBLIC_GATES_TABLE,
  };
  let time: number | undefined;
  let limitsOfPublic: unknown = publicLimits;
  const functions: ControlPlane['functions'] = {};
  const subscriptionFilters: ControlPlane['subscriptionFilters'] = [];
  const invalidationFilters: ControlPlane['invalidationFilters'] = [];
  const invalidations: ControlPlane['invalidations'] = [];
  const ask = dynamodbSources(engine.endpoint);
  const compile = createStepCompiler(() => time ?? Date.now());

  const invoke = async (dataSource: string, request: JsonObject): Promise<Answer> => {
    const answer = functions[dataSource];
    if (dataSource === 'None') return { result: request['payload'] ?? null };
    if (answer) return { result: answer(request['payload'] as JsonObject) };
    const table = tableOf[dataSource];
    if (!table) throw new Error(`Nothing answers the data source ${dataSource} here`);
    return ask(table, request);
  };

  const run = async (
    steps: readonly PipelineStep[],
    coordinate: string,
    args: JsonObject,
    identity: JsonObject | null,
    headers: Readonly<Record<string, string>>,
  ): Promise<Json> => {
    const [parentTypeName = '', fieldName = ''] = coordinate.split('.');
    let stash: JsonObject = {};
    let previous: Json = null;
    for (const { step, dataSource } of steps) {
      const code = compile(`control-plane/${step}`);
      const evaluate = (handler: 'request' | 'response', { result, error }: Partial<Answer>) => {
        const context = {
          arguments: args,
          identity: identity && { resolverContext: identity },
          source: null,
          stash,
          result: result ?? null,
          prev: { result: previous },
          error: error ?? null,
          request: { headers, domainName: null },
          env: { ...tables, PUBLIC_LIMITS: JSON.stringify(limitsOfPublic) },
          info: { fieldName, parentTypeName, variables: {}, selectionSetList: [], selectionSetGraphQL: '' },
        };
        const call: HandlerCall = { step, handler, evaluate: () => code.evaluate(handler, context) };
        plane.beforeHandler(call);
        const evaluation = call.evaluate();
        const failure = evaluation.error;
        if (failure) throw new FieldError(failure.type ?? 'null', failure.message, failure.errorInfo);
        const { subscriptionFilter, subscriptionInvalidationFilter, subscriptionInvalidations } = evaluation;
        if (subscriptionFilter) subscriptionFilters.push(subscriptionFilter);
        if (subscriptionInvalidationFilter) invalidationFilters.push(subscriptionInvalidationFilter);
        invalidations.push(...subscriptionInvalidations);
        stash = evaluation.stash;
        return evaluation;
      };
      const asked = evaluate('request', {});
      previous = asked.earlyReturn
        ? asked.result
        : evaluate('response', await invoke(dataSource, asked.result as JsonObject)).result;
      if (asked.earlyReturn?.skipTo === 'END') break;
    }
    return previous;
  };

  const plane: ControlPlane = {
    documents: engine.documents,
    tables,
    functions,
    subscriptionFilters,
    invalidationFilters,
    invalidations,
    beforeHandler: () => undefined,
    setTime: (now) => {
      time = now;
    },
    setPublicLimits: (limits) => {
      limitsOfPublic = limits;
    },
    ask: async <Result>(coordinate: string, args: JsonObject = {}, identity: JsonObject | null = admin) =>
      (await run(pipelines[coordinate] ?? [], coordinate, args, identity, {})) as Result,
    askPublic: async <Result>(
      coordinate: string,
      args: JsonObject,
      headers: Readonly<Record<string, string>>,
      identity: JsonObject | null = null,
    ) => {
      const steps = [...publicGate(coordinate), ...(pipelines[coordinate] ?? [])];
      return (await run(steps, coordinate, args, identity, headers)) as Result;
    },
    givenTenant: async (tenantId, { slug = tenantId, status = 'ACTIVE', tier = 'BASIC' } = {}) => {
      const put = (TableName: string, Item: Record<string, unknown>) =>
        engine.documents.send(new PutCommand({ TableName, Item }));
      const now = '2026-11-23T10:00:00.000Z';
      await put(tables.TENANTS_TABLE, {
        tenantId,
        listing: 'TENANT',
        name: `Company ${tenantId}`,
        slug,
        tier,
        status,
        deployment: 'POOLED',
        stack: 'pooled',
        adminEmail: `admin@${slug}.example`,
        adminName: 'Ann',
        currency: 'USD',
        limits,
        hasOwnLimits: false,
        shardCount: 1,
        userPoolId: 'pool',
        userPoolClientId: 'client',
        registrationId: `registration-${tenantId}`,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      await put(tables.TENANTS_TABLE, { tenantId: `SLUG#${slug}`, owner: tenantId });
      if (status === 'ACTIVE' || status === 'SUSPENDED') {
        await put(tables.GATES_TABLE, { ...gateItem(tenantId, limits, 'pooled'), status });
      }
    },
    stop: () => engine.stop(),
  };
  return plane;
}
