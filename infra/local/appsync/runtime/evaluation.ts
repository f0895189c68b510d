import type { Json, JsonObject } from '../../service.ts';

/** What a handler sees as its context. https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
export interface ResolverContext {
  readonly arguments?: JsonObject;
  readonly identity?: JsonObject | null;
  readonly source?: Json;
  readonly stash?: JsonObject;
  readonly result?: Json;
  readonly error?: { readonly message: string; readonly type: string } | null;
  readonly prev?: { readonly result: Json } | null;
  readonly request?: { readonly headers: JsonObject; readonly domainName: string | null };
  readonly env?: Readonly<Record<string, string>>;
  readonly info?: {
    readonly fieldName: string;
    readonly parentTypeName: string;
    readonly variables: JsonObject;
    readonly selectionSetList: readonly string[];
    readonly selectionSetGraphQL: string;
  };
}

/** An error as a resolver raises it. */
export interface ResolverError {
  readonly message: string;
  /** null where the resolver named none. */
  readonly type: string | null;
  readonly data: Json;
  readonly errorInfo: Json;
}

/** What came of calling a handler. */
export interface Evaluation extends Effects {
  /** null where the handler returned nothing or failed. */
  readonly result: Json;
  /** The stash as the handler left it. */
  readonly stash: JsonObject;
}

/** The same with the result and the stash as JSON, for a handler whose result goes on to another. */
export interface WrittenEvaluation {
  readonly result: string;
  readonly stash: string;
  /** Undefined, as of most handlers, where there are none. */
  readonly effects: Partial<Effects> | undefined;
}

/** What a handler leaves behind beside its result and the stash. */
export interface Effects {
  /** What ended the handler. An error of the code itself has the type `Code`, the message `Runtime Error` and a detail. */
  readonly error?: ResolverError & { readonly detail?: string };
  /** Errors beside the result. */
  readonly appendedErrors: readonly ResolverError[];
  readonly earlyReturn?: { readonly skipTo?: 'END' | 'NEXT' };
  readonly logs: readonly string[];
  readonly subscriptionFilter?: JsonObject;
  readonly subscriptionInvalidationFilter?: JsonObject;
  readonly subscriptionInvalidations: readonly { readonly subscriptionField: string; readonly payload: JsonObject }[];
  /** By lower-case name. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly cacheEvictions: readonly {
    readonly typeName: string;
    readonly fieldName: string;
    readonly keyValuePair: JsonObject;
  }[];
}
