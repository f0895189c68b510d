import { z } from 'zod';
import type { Call } from '../../service.ts';
import { storeCode } from '../code/store-code.ts';
import { readEntries } from '../code/unpack-code.ts';
import { describeFunction } from '../registry/describe.ts';
import { parseInput } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';
import { codeShape, codeSource } from './code-input.ts';

const shape = codeShape.extend({ FunctionName: z.string() });

export function updateFunctionCode(parts: Pick<Parts, 'registry' | 'environment' | 'objects' | 'state'>) {
  const { registry, environment } = parts;
  return async (call: Call, given: unknown) => {
    const input = parseInput(shape.strict(), given);
    const { document, arn } = registry.resolve(input.FunctionName);
    call.authorize('lambda:UpdateFunctionCode', arn);
    const code = await storeCode(codeSource(input), parts);
    readEntries(await parts.state.blobs.get(code.sha256));
    return describeFunction(await registry.change(document.name, {}, code), environment);
  };
}
