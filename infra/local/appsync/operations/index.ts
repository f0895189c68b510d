import type { Store } from '../store.ts';
import { restJsonProtocol } from '../../front-door/protocols/rest-json.ts';
import type { ApiRequest, ApiResponse, ApiService, Environment } from '../../service.ts';
import { evaluateCodeOperation, type CodeEvaluator } from './evaluate-code.ts';
import { getFunction } from './get-function.ts';
import { getGraphqlApi } from './get-graphql-api.ts';
import { getIntrospectionSchema } from './get-introspection-schema.ts';
import { getResolver } from './get-resolver.ts';
import { listApiKeys } from './list-api-keys.ts';
import { listDataSources } from './list-data-sources.ts';
import { listFunctions } from './list-functions.ts';
import { listGraphqlApis } from './list-graphql-apis.ts';
import { listResolvers } from './list-resolvers.ts';

/** What operations work with. */
export interface OperationDependencies {
  readonly store: Store;
  readonly environment: Environment;
}

/** The AppSync API: APIs are made through CloudFormation; this reads them, and evaluates code. */
export function appsyncApi(dependencies: OperationDependencies, evaluate: CodeEvaluator): ApiService {
  const protocol = restJsonProtocol({
    signingName: 'appsync',
    routes: [
      { method: 'POST', path: '/v1/dataplane-evaluatecode', operation: evaluateCodeOperation(evaluate) },
      { method: 'GET', path: '/v1/apis', operation: listGraphqlApis(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}', operation: getGraphqlApi(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/apikeys', operation: listApiKeys(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/datasources', operation: listDataSources(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/functions', operation: listFunctions(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/functions/{functionId}', operation: getFunction(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/schema', operation: getIntrospectionSchema(dependencies) },
      { method: 'GET', path: '/v1/apis/{apiId}/types/{typeName}/resolvers', operation: listResolvers(dependencies) },
      {
        method: 'GET',
        path: '/v1/apis/{apiId}/types/{typeName}/resolvers/{fieldName}',
        operation: getResolver(dependencies),
      },
    ],
  });
  return { ...protocol, handle: async (request) => schemaAsText(request, await protocol.handle(request)) };
}

/** The body of GetIntrospectionSchema is the schema's text itself, which the protocol has written as a JSON text. */
function schemaAsText(request: ApiRequest, response: ApiResponse): ApiResponse {
  const isText = /^\/v1\/apis\/[^/]+\/schema\/?$/.test(request.path) && request.query.get('format') === 'SDL';
  if (!isText || response.status !== 200 || typeof response.body !== 'string') return response;
  return { ...response, headers: { 'content-type': 'text/plain' }, body: JSON.parse(response.body) as string };
}
