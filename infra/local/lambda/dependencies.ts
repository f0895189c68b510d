import type { Clock, Environment, Identity, Logs, LogTimes, Metrics, Objects, State, Tables } from '../service.ts';

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
  /**
   * Starts workers of functions that are there when the service starts, ahead of their first event; as far as there is room, those first
   * that were used last, which their logs tell.
   */
  readonly initializesAhead?: LogTimes;
}

export type RandomBytes = (size: number) => Buffer;
