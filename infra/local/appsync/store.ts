import { AwsError } from '../errors.ts';
import type { Collection, Environment, State } from '../service.ts';
import type { Api, ApiKey, DataSourceRecord, FunctionRecord, ResolverRecord, Schema } from './model.ts';

/** What a provider writes and a request reads. Every write of an API's parts tells those who hold the API compiled. */
export interface Store {
  readonly apis: Collection<Api>;
  readonly schemas: Collection<Schema>;
  readonly keys: Collection<ApiKey>;
  readonly dataSources: Collection<DataSourceRecord>;
  readonly functions: Collection<FunctionRecord>;
  readonly resolvers: Collection<ResolverRecord>;
  /** Throws AwsError `NotFoundException`. */
  api(apiId: string): Api;
  arn(apiId: string, rest?: string): string;
  /** The records of one API, in no order. */
  of<Value extends { readonly apiId: string }>(collection: Collection<Value>, apiId: string): Value[];
  changed(apiId: string): void;
  onChange(listener: (apiId: string) => void): void;
}

/** The API's parts live under ids that begin with its own: `<apiId>/<name>`. */
export function createStore(state: State, environment: Environment): Store {
  const listeners: ((apiId: string) => void)[] = [];
  const apis = state.collection<Api>('appsync/apis');
  return {
    apis,
    schemas: state.collection('appsync/schemas'),
    keys: state.collection('appsync/api-keys'),
    dataSources: state.collection('appsync/data-sources'),
    functions: state.collection('appsync/functions'),
    resolvers: state.collection('appsync/resolvers'),
    api(apiId) {
      const api = apis.get(apiId);
      if (!api) throw new AwsError('NotFoundException', `GraphQL API ${apiId} not found.`, 404);
      return api;
    },
    arn: (apiId, rest) => {
      const { partition, region, accountId } = environment;
      return `arn:${partition}:appsync:${region}:${accountId}:apis/${apiId}${rest === undefined ? '' : `/${rest}`}`;
    },
    of: (collection, apiId) => [...collection.values()].filter((record) => record.apiId === apiId),
    changed: (apiId) => listeners.forEach((listener) => listener(apiId)),
    onChange: (listener) => void listeners.push(listener),
  };
}
