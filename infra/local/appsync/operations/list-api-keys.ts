import type { Call, Operation } from '../../service.ts';
import type { OperationDependencies } from './index.ts';
import { byName, pageOf, type PageInput } from './page.ts';

export function listApiKeys({ store }: OperationDependencies): Operation {
  return (call: Call, input: PageInput & { readonly apiId: string }) => {
    call.authorize('appsync:ListApiKeys', store.arn(input.apiId, 'apikeys/*'));
    const { apiId } = store.api(input.apiId);
    const { records, ...rest } = pageOf(
      byName(store.of(store.keys, apiId), (key) => key.id),
      input,
    );
    return { apiKeys: records.map(({ id, description, expires }) => ({ id, description, expires })), ...rest };
  };
}
