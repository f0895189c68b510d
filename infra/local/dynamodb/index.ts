import type { Clock, Environment, Identity, LocalService, Logs, State, Tables } from '../service.ts';
import { dynamodbApi } from './api.ts';
import type { TableServices, TableSettings } from './dependencies.ts';
import { callEngine, sendToEngine } from './engine-client.ts';
import { createExecute } from './execute.ts';
import { createExpiry } from './expiry.ts';
import { createTableNames } from './names.ts';
import { globalTableProvider } from './providers/global-table.ts';
import { tableProvider } from './providers/table.ts';
import { createSchemas } from './schemas.ts';
import { createStreamListeners } from './stream-listeners.ts';

export interface DynamodbDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly identity: Identity;
  readonly clock: Clock;
  /** The engine's endpoint: `startEngine` gives one. */
  readonly engine: string;
  readonly logs?: Logs;
}

/** Milliseconds between two looks for expired items; AWS takes up to days. */
const sweepInterval = 5000;

/** DynamoDB and its streams, before an engine that knows no callers. */
export function createDynamodb(dependencies: DynamodbDependencies): LocalService & Tables {
  const { state, environment, identity, clock, engine, logs } = dependencies;
  const names = createTableNames(environment);
  const call: TableServices['callEngine'] = (operation, input) => callEngine(engine, operation, input);
  const services: TableServices = {
    environment,
    clock,
    names,
    callEngine: call,
    schemas: createSchemas(call),
    settings: state.collection<TableSettings>('dynamodb/tables'),
    listeners: createStreamListeners(names),
  };
  const execute = createExecute(services, identity, (operation, body) => sendToEngine(engine, operation, body));
  const expiry = createExpiry(services);
  let sweeping: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const sweepLater = (): void => {
    timer = setTimeout(() => {
      sweeping = expiry.sweep().then(sweepLater, (error: unknown) => {
        logs?.write('local-cloud', 'dynamodb', [`Expired items could not be deleted: ${String(error)}`]);
        sweepLater();
      });
    }, sweepInterval).unref();
  };

  return {
    name: 'dynamodb',
    apis: [dynamodbApi(execute)],
    providers: [tableProvider(services), globalTableProvider(services)],
    start: () => Promise.resolve(sweepLater()),
    stop: async () => {
      clearTimeout(timer);
      await sweeping;
      clearTimeout(timer);
    },
    call: (principal, operation, input) => execute.decoded(principal, operation, input),
    authorize: (principal, operation, input) => execute.authorized(principal, operation, input),
    streams: services.listeners,
  };
}
