import type { Call } from '../../service.ts';
import { describeFunction } from '../registry/describe.ts';
import type { Parts } from '../service-parts.ts';

interface Input {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

type GetParts = Pick<Parts, 'registry' | 'environment' | 'state'>;

/** The code's location is a file of this machine: there is nobody else to read it. */
export function getFunction({ registry, environment, state }: GetParts) {
  return (call: Call, { FunctionName, Qualifier }: Input) => {
    const { document, arn } = registry.resolve(FunctionName, Qualifier);
    call.authorize('lambda:GetFunction', arn);
    return {
      Configuration: describeFunction(document, environment),
      Code: { RepositoryType: 'S3', Location: `file://${state.blobs.path(document.code.sha256)}` },
      Tags: document.tags,
      ...(document.reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: document.reservedConcurrency } }),
    };
  };
}

export function getFunctionConfiguration({ registry, environment }: GetParts) {
  return (call: Call, { FunctionName, Qualifier }: Input) => {
    const { document, arn } = registry.resolve(FunctionName, Qualifier);
    call.authorize('lambda:GetFunctionConfiguration', arn);
    return describeFunction(document, environment);
  };
}
