import type { OwnContext, SharedContext } from '../runtime/index.ts';
import type { Json, JsonObject } from '../../service.ts';

/** What evaluates APPSYNC_JS code; ../runtime offers one. */
export interface ResolverRuntime {
  /** Parses once; `name` is for messages and logs. */
  compile(code: string, name: string): ResolverCode;
}

export interface ResolverCode {
  evaluateShared(handler: 'request' | 'response', own: OwnContext, shared: SharedContext): Evaluation;
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
  /** As JSON, like the stash: most results only go on to the next handler. */
  readonly result: string;
  readonly stash: string;
  /** Undefined where there are none. */
  readonly effects: Effects | undefined;
}

/** What a handler leaves behind beside its result and the stash; absent: nothing of that kind. */
export interface Effects {
  /** `util.error`, `util.unauthorized`, or the code's own fault: the field fails. */
  readonly error?: EvaluationError;
  readonly appendedErrors?: readonly EvaluationError[];
  readonly earlyReturn?: { readonly skipTo?: 'END' | 'NEXT' };
  readonly logs?: readonly string[];
  /** Of `extensions.setSubscriptionFilter`. */
  readonly subscriptionFilter?: Json;
  /** Of `extensions.setSubscriptionInvalidationFilter`. */
  readonly subscriptionInvalidationFilter?: Json;
  /** Of `extensions.invalidateSubscriptions`. */
  readonly subscriptionInvalidations?: readonly { readonly subscriptionField: string; readonly payload: JsonObject }[];
  readonly responseHeaders?: Readonly<Record<string, string>>;
}
