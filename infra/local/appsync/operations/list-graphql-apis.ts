import type { Call, Operation } from '../../service.ts';
import { describeApi } from './describe.ts';
import type { OperationDependencies } from './index.ts';
import { byName, pageOf, type PageInput } from './page.ts';

export function listGraphqlApis(dependencies: OperationDependencies): Operation {
  const { store, environment } = dependencies;
  return (call: Call, input: PageInput) => {
    const { partition, region, accountId } = environment;
    call.authorize('appsync:ListGraphqlApis', `arn:${partition}:appsync:${region}:${accountId}:*`);
    const sorted = byName([...store.apis.values()], (api) => api.apiId);
    const { records, ...rest } = pageOf(sorted, input);
    return { graphqlApis: records.map((api) => describeApi(dependencies, api)), ...rest };
  };
}
