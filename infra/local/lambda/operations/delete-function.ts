import type { Call } from '../../service.ts';
import { invalid } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';

interface Input {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

export function deleteFunction({ registry, permissions }: Pick<Parts, 'registry' | 'permissions'>) {
  return async (call: Call, { FunctionName, Qualifier }: Input) => {
    const { document, arn, reference } = registry.resolve(FunctionName, Qualifier);
    call.authorize('lambda:DeleteFunction', arn);
    if (reference.qualifier === undefined) {
      await registry.delete(document.name);
      await permissions.deleteAll(document.name);
    } else if (document.version === reference.qualifier) {
      await registry.unpublish(document.name, document.version);
    } else {
      throw invalid(`Qualifier is ${reference.qualifier}: expected a version, since an alias has its own deletion`);
    }
  };
}
