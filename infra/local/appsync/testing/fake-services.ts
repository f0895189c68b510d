import { randomBytes } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type {
  EventIngestion,
  Functions,
  InvocationResult,
  Json,
  JsonObject,
  Objects,
  Principal,
  ServicePrincipal,
  Tables,
} from '../../service.ts';
import type { AppsyncDependencies } from '../index.ts';

/** The services that AppSync calls, as a test sets them up: it records what they were asked. */
export interface FakeServices {
  readonly invocations: { caller: Principal | ServicePrincipal; functionArn: string; payload: Json }[];
  readonly tableCalls: { principal: Principal; operation: string; input: JsonObject }[];
  readonly logLines: string[];
  onInvoke(functionArn: string, handler: (payload: Json) => Promise<InvocationResult> | InvocationResult): void;
  onTable(operation: string, handler: (input: JsonObject) => JsonObject): void;
  /** From then on the role may not make that call. */
  denyTable(operation: string): void;
  readonly dependencies: Pick<
    AppsyncDependencies,
    'tables' | 'functions' | 'events' | 'firewall' | 'objects' | 'logs' | 'randomBytes'
  >;
}

export function fakeServices(): FakeServices {
  const handlers = new Map<string, (payload: Json) => Promise<InvocationResult> | InvocationResult>();
  const tableHandlers = new Map<string, (input: JsonObject) => JsonObject>();
  const invocations: FakeServices['invocations'] = [];
  const tableCalls: FakeServices['tableCalls'] = [];
  const deniedOperations = new Set<string>();
  const logLines: string[] = [];

  const functions: Functions = {
    async invoke(caller, functionArn, payload) {
      invocations.push({ caller, functionArn, payload });
      const handler = handlers.get(functionArn);
      if (!handler) throw new AwsError('ResourceNotFoundException', `Function not found: ${functionArn}`, 404);
      return await handler(payload);
    },
    async invokeLater(caller, functionArn, payload) {
      await functions.invoke(caller, functionArn, payload);
    },
  };
  const tables: Tables = {
    call: async (principal, operation, input) => {
      tableCalls.push({ principal, operation, input });
      const handler = tableHandlers.get(operation);
      if (!handler) throw new AwsError('UnknownOperationException', `The test gives no answer to ${operation}`);
      return await Promise.resolve(handler(input));
    },
    authorize: (_principal, operation) =>
      deniedOperations.has(operation)
        ? Promise.reject(new AwsError('AccessDeniedException', `The test denies ${operation}`))
        : Promise.resolve(),
    streams: { onWrite: () => () => undefined },
  };
  const events: EventIngestion = {
    putEvents: () => Promise.reject(new AwsError('InternalException', 'The test gives no answer to PutEvents')),
  };
  const objects: Objects = {
    read: (bucket, key) => Promise.reject(new AwsError('NoSuchKey', `${bucket}/${key} does not exist`, 404)),
    write: () => Promise.resolve(),
  };

  return {
    invocations,
    tableCalls,
    logLines,
    onInvoke: (functionArn, handler) => void handlers.set(functionArn, handler),
    onTable: (operation, handler) => void tableHandlers.set(operation, handler),
    denyTable: (operation) => void deniedOperations.add(operation),
    dependencies: {
      functions,
      tables,
      events,
      firewall: { admits: () => true },
      objects,
      logs: { write: (_group, _stream, messages) => void logLines.push(...messages) },
      randomBytes,
    },
  };
}
