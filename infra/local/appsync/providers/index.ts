import type { Clock, Environment, Objects, ResourceProvider } from '../../service.ts';
import type { Store } from '../store.ts';
import { apiKeyProvider } from './api-key.ts';
import { dataSourceProvider } from './data-source.ts';
import { functionConfigurationProvider } from './function-configuration.ts';
import { graphqlApiProvider } from './graphql-api.ts';
import { graphqlSchemaProvider } from './graphql-schema.ts';
import type { CodeCheck } from './read-code.ts';
import { resolverProvider } from './resolver.ts';

export interface ProviderDependencies {
  readonly store: Store;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly objects: Objects;
  readonly check: CodeCheck;
}

/** The CloudFormation types of AppSync; what is not here (ApiCache, DomainName …) the engine refuses by name. */
export function appsyncProviders({
  store,
  environment,
  clock,
  objects,
  check,
}: ProviderDependencies): ResourceProvider[] {
  return [
    graphqlApiProvider(store, environment),
    graphqlSchemaProvider(store, objects),
    apiKeyProvider(store, clock),
    dataSourceProvider(store, environment),
    functionConfigurationProvider(store, objects, check),
    resolverProvider(store, objects, check),
  ];
}
