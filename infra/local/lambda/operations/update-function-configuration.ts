import { z } from 'zod';
import type { Call } from '../../service.ts';
import { describeFunction } from '../registry/describe.ts';
import { mergeSettings, parseInput, settingsShape } from '../registry/settings.ts';
import { assumeFunctionRole } from '../pool/start-worker.ts';
import type { Parts } from '../service-parts.ts';

const shape = settingsShape.extend({ FunctionName: z.string() });

export function updateFunctionConfiguration(parts: Pick<Parts, 'registry' | 'environment' | 'identity'>) {
  const { registry, environment, identity } = parts;
  return async (call: Call, given: unknown) => {
    const input = parseInput(shape.strict(), given);
    const { document, arn } = registry.resolve(input.FunctionName);
    call.authorize('lambda:UpdateFunctionConfiguration', arn);
    const settings = mergeSettings(input, document);
    if (settings.role !== document.role) {
      call.authorize('iam:PassRole', settings.role, { 'iam:PassedToService': 'lambda.amazonaws.com' });
      assumeFunctionRole(identity, settings.role, document.name);
    }
    return describeFunction(await registry.change(document.name, settings), environment);
  };
}
