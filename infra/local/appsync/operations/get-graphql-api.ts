import type { Call, Operation } from '../../service.ts';
import { describeApi } from './describe.ts';
import type { OperationDependencies } from './index.ts';

export function getGraphqlApi(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, { apiId }: { readonly apiId: string }) => {
    call.authorize('appsync:GetGraphqlApi', store.arn(apiId));
    return { graphqlApi: describeApi(dependencies, store.api(apiId)) };
  };
}
