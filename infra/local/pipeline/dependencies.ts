import type {
  Clock,
  Environment,
  EventBuses,
  Identity,
  Logs,
  ObjectCatalog,
  Objects,
  Parameters,
  RoleChain,
  State,
} from '../service.ts';

export interface PipelineDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly identity: Pick<Identity, 'authorize' | 'assumeServiceRole' | 'issueCredentials'> & RoleChain;
  readonly objects: Objects & ObjectCatalog;
  readonly parameters: Pick<Parameters, 'get'>;
  readonly events: EventBuses;
  readonly logs: Logs;
  /** A UUID. */
  newId(): string;
  /** Builds that run at once; more wait in the order in which they came. */
  readonly concurrentBuilds: number;
}
