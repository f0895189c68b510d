import type { Clock, Environment, Identity, Logs, Metrics, Objects, State, Tables } from '../service.ts';

/** What the Lambda service needs of others. */
export interface LambdaDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly tables: Tables;
  readonly objects: Objects;
  readonly logs: Logs;
  readonly metrics: Metrics;
  readonly randomBytes: RandomBytes;
  /** Starts a worker of each function that is there when the service starts, ahead of its first event. */
  readonly initializesAhead?: boolean;
}

export type RandomBytes = (size: number) => Buffer;
