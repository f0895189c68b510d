import type { SharedContext } from '../runtime/index.ts';
import type { Json, JsonObject } from '../../service.ts';

/** What evaluates APPSYNC_JS code; ../runtime offers one. */
export interface ResolverRuntime {
  /** Parses once; `name` is for messages and logs. */
  compile(code: string, name: string): ResolverCode;
}

export interface ResolverCode {
  evaluateShared(handler: 'request' | 'response', own: OwnContext, shared: SharedContext): Evaluation;
}

/** What of `ctx` is one handler's own; the rest is its field's. */
export interface OwnContext {
  readonly arguments: JsonObject;
  readonly source: Json;
  readonly stash: JsonObject;
  readonly result: Json;
  readonly prev: { readonly result: Json } | null;
  readonly error: { readonly message: string; readonly type: string } | null;
}

export interface FieldInfo {
  readonly fieldName: string;
  readonly parentTypeName: string;
  readonly variables: JsonObject;
  readonly selectionSetList: readonly string[];
  readonly selectionSetGraphQL: string;
}

export interface EvaluationError {
  readonly message: string;
  readonly type: string | null;
  readonly data: Json;
  readonly errorInfo: Json;
}

export interface Evaluation {
  readonly result: Json;
  readonly stash: JsonObject;
  /** `util.error`, `util.unauthorized`, or the code's own fault: the field fails. */
  readonly error?: EvaluationError;
  readonly appendedErrors: readonly EvaluationError[];
  readonly earlyReturn?: { readonly skipTo?: 'END' | 'NEXT' };
  readonly logs: readonly string[];
  /** Of `extensions.setSubscriptionFilter`. */
  readonly subscriptionFilter?: Json;
  /** Of `extensions.setSubscriptionInvalidationFilter`. */
  readonly subscriptionInvalidationFilter?: Json;
  /** Of `extensions.invalidateSubscriptions`. */
  readonly subscriptionInvalidations: readonly { readonly subscriptionField: string; readonly payload: JsonObject }[];
  readonly responseHeaders: Readonly<Record<string, string>>;
}
