import type { Call, Operation } from '../../service.ts';
import { describeResolver } from './describe.ts';
import type { OperationDependencies } from './index.ts';
import { byName, pageOf, type PageInput } from './page.ts';

export function listResolvers(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, input: PageInput & { readonly apiId: string; readonly typeName: string }) => {
    call.authorize('appsync:ListResolvers', store.arn(input.apiId, `types/${input.typeName}/resolvers/*`));
    const { apiId } = store.api(input.apiId);
    const ofType = store.of(store.resolvers, apiId).filter(({ typeName }) => typeName === input.typeName);
    const { records, ...rest } = pageOf(
      byName(ofType, (record) => record.fieldName),
      input,
    );
    return { resolvers: records.map((record) => describeResolver(dependencies, record)), ...rest };
  };
}
