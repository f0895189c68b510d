import type { Call, Operation } from '../../service.ts';
import { describeFunction } from './describe.ts';
import type { OperationDependencies } from './index.ts';
import { byName, pageOf, type PageInput } from './page.ts';

export function listFunctions(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, input: PageInput & { readonly apiId: string }) => {
    call.authorize('appsync:ListFunctions', store.arn(input.apiId, 'functions/*'));
    const { apiId } = store.api(input.apiId);
    const { records, ...rest } = pageOf(
      byName(store.of(store.functions, apiId), (record) => record.functionId),
      input,
    );
    return { functions: records.map((record) => describeFunction(dependencies, record)), ...rest };
  };
}
