import type { Call, Operation } from '../../service.ts';
import { describeDataSource } from './describe.ts';
import type { OperationDependencies } from './index.ts';
import { byName, pageOf, type PageInput } from './page.ts';

export function listDataSources(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, input: PageInput & { readonly apiId: string }) => {
    call.authorize('appsync:ListDataSources', store.arn(input.apiId, 'datasources/*'));
    const { apiId } = store.api(input.apiId);
    const { records, ...rest } = pageOf(
      byName(store.of(store.dataSources, apiId), (source) => source.name),
      input,
    );
    return { dataSources: records.map((record) => describeDataSource(dependencies, record)), ...rest };
  };
}
