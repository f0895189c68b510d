import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { describeResolver } from './describe.ts';
import type { OperationDependencies } from './index.ts';

interface Input {
  readonly apiId: string;
  readonly typeName: string;
  readonly fieldName: string;
}

export function getResolver(dependencies: OperationDependencies): Operation {
  const { store } = dependencies;
  return (call: Call, { apiId, typeName, fieldName }: Input) => {
    call.authorize('appsync:GetResolver', store.arn(apiId, `types/${typeName}/resolvers/${fieldName}`));
    const record = store.resolvers.get(`${store.api(apiId).apiId}/${typeName}/${fieldName}`);
    if (!record) throw new AwsError('NotFoundException', `No resolver found for ${typeName}.${fieldName}`, 404);
    return { resolver: describeResolver(dependencies, record) };
  };
}
