import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { describeFunction } from './describe.ts';
import type { OperationDependencies } from './index.ts';

export function getFunction(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, { apiId, functionId }: { readonly apiId: string; readonly functionId: string }) => {
    call.authorize('appsync:GetFunction', store.arn(apiId, `functions/${functionId}`));
    const record = store.functions.get(`${store.api(apiId).apiId}/${functionId}`);
    if (!record) throw new AwsError('NotFoundException', `No function found with id ${functionId}`, 404);
    return { functionConfiguration: describeFunction(dependencies, record) };
  };
}
