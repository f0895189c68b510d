import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo } from 'graphql';
import type { Json, JsonObject } from '../../service.ts';
import type { AuthorizationMode } from '../model.ts';
import type { BatchQueue } from './batch-queue.ts';
import type { SelectionInfo } from './selection.ts';
import type { RequestContext } from '../runtime/index.ts';
import type { EvaluationError } from './runtime.ts';

/** Who asks, as an authorization mode found out. */
export interface Caller {
  readonly mode: AuthorizationMode;
  /** `ctx.identity` */
  readonly identity: JsonObject | null;
  /** `Type.field` of each field that the authorizer denies. */
  readonly deniedFields: ReadonlySet<string>;
  /** Under AWS_IAM: whether the caller's policies let it have a field of Query, Mutation or Subscription. */
  mayAccess?(typeName: string, fieldName: string): boolean;
  /** What must never reach a log. */
  readonly secrets: readonly string[];
}

/** What `ctx.request` says of the HTTP request. */
export interface RequestInfo {
  readonly headers: JsonObject;
  readonly domainName: string | null;
}

export interface AppendedError {
  readonly error: EvaluationError;
  readonly path: readonly (string | number)[];
  readonly nodes: readonly FieldNode[];
}

export interface SubscriptionInvalidation {
  readonly subscriptionField: string;
  readonly payload: JsonObject;
}

/** graphql's context value: everything of one request that its fields share. */
export interface RequestScope {
  readonly caller: Caller;
  readonly request: RequestInfo;
  readonly environment: Readonly<Record<string, string>>;
  /** Who asks, the request and the environment as the handlers are given them; from the first field with a resolver on. */
  written: RequestContext | undefined;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** As sent: `ctx.info.variables`. */
  readonly variables: JsonObject;
  /** A published value is cut for its subscriber: fields are read from it and no resolver runs. */
  readonly delivering: boolean;
  readonly resolverLimit: number;
  readonly selections: WeakMap<FieldNode, SelectionInfo> | undefined;
  readonly batches: BatchQueue;
  resolversRun: number;
  readonly appended: AppendedError[];
  readonly logs: string[];
  readonly responseHeaders: Record<string, string>;
  readonly invalidations: SubscriptionInvalidation[];
  subscriptionFilter?: Json;
  subscriptionInvalidationFilter?: Json;
}

export function pathOf(info: GraphQLResolveInfo): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = info.path; step; step = step.prev) path.unshift(step.key);
  return path;
}
