import { execute, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { Json, JsonObject } from '../../service.ts';
import { createBatchQueue } from './batch-queue.ts';
import type { CompiledApi } from './compile-api.ts';
import { describeAppended, describeError, type ClientError } from './describe-error.ts';
import type { ValidDocument } from './documents.ts';
import type { Caller, RequestInfo, RequestScope } from './request-scope.ts';
import { describeVariableError } from './variable-messages.ts';

export interface Operation {
  readonly document: ValidDocument;
  readonly node: OperationDefinitionNode;
  readonly variables: JsonObject;
}

export interface Outcome {
  /** As a client reads it. */
  readonly body: { readonly data: Json; readonly errors?: readonly (ClientError | { readonly message: string })[] };
  readonly scope: RequestScope;
}

export interface ExecutionOptions {
  readonly api: CompiledApi;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly request: RequestInfo;
  /** Told of the host's own faults. */
  onFault(fault: unknown): void;
  /** Reads fields from `rootValue` instead of resolving them. */
  readonly delivered?: JsonObject;
}

const maximumResolvers = 10_000;
/** Source: AWS AppSync endpoints and quotas, "Request execution time". */
const timeoutMilliseconds = 30_000;

/** Runs one operation of a document; every failure is in the outcome's errors. */
export async function executeOperation(options: ExecutionOptions): Promise<Outcome> {
  const { api, operation, delivered } = options;
  const scope = openScope(options);
  const running = execute({
    schema: api.schema,
    document: operation.document.document,
    contextValue: scope,
    rootValue: delivered ?? null,
    variableValues: operation.variables,
    ...(operation.node.name && { operationName: operation.node.name.value }),
  });
  const result = running instanceof Promise ? await withinTime(running) : running;
  if (result === 'late') {
    const error = { path: null, data: null, errorType: 'ExecutionTimeout', errorInfo: null, locations: null };
    return { body: { data: null, errors: [{ ...error, message: 'Execution timed out.' }] }, scope };
  }
  if (!('data' in result)) {
    return { body: { data: null, errors: (result.errors ?? []).map(describeVariableError) }, scope };
  }
  const errors = describeAll(result.errors ?? [], options, scope);
  return { body: { data: (result.data ?? null) as Json, ...(errors.length > 0 && { errors }) }, scope };
}

export function openScope({ api, operation, caller, request, delivered }: ExecutionOptions): RequestScope {
  return {
    caller,
    request,
    environment: api.record.environment,
    written: undefined,
    fragments: operation.document.fragments,
    variables: operation.variables,
    delivering: delivered !== undefined,
    resolverLimit: api.record.resolverCountLimit || maximumResolvers,
    selections: operation.document.selections,
    batches: createBatchQueue(),
    resolversRun: 0,
    appended: [],
    logs: [],
    responseHeaders: {},
    invalidations: [],
  };
}

function describeAll(errors: readonly GraphQLError[], options: ExecutionOptions, scope: RequestScope): ClientError[] {
  const selection = { fragments: scope.fragments, variables: scope.variables };
  return [
    ...errors.map((error) => describeError(error, options.api.schema, selection, options.onFault)),
    ...scope.appended.map((appended) => describeAppended(appended, selection)),
  ];
}

function withinTime<Result>(running: Promise<Result>): Promise<Result | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), timeoutMilliseconds);
    running.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
