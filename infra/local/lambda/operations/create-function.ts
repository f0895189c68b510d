import { z } from 'zod';
import type { Call } from '../../service.ts';
import { storeCode } from '../code/store-code.ts';
import { readEntries } from '../code/unpack-code.ts';
import { describeFunction } from '../registry/describe.ts';
import { newSettings, parseInput, settingsShape } from '../registry/settings.ts';
import { assumeFunctionRole } from '../pool/start-worker.ts';
import type { Parts } from '../service-parts.ts';
import { codeSource, codeShape } from './code-input.ts';

const shape = settingsShape.extend({
  FunctionName: z.string().regex(/^[\w-]{1,64}$/, 'expected 1 to 64 letters, digits, hyphens and underscores'),
  Code: codeShape,
  Tags: z.record(z.string(), z.string()).optional(),
  Publish: z.literal(false, 'expected false: publish by a stack').optional(),
});

/** Members that would change how a function runs and are not honoured are refused by the strict shape. */
export function createFunction(parts: Pick<Parts, 'registry' | 'environment' | 'identity' | 'objects' | 'state'>) {
  const { registry, environment, identity } = parts;
  return async (call: Call, given: unknown) => {
    const input = parseInput(shape.strict(), given);
    const name = input.FunctionName;
    call.authorize('lambda:CreateFunction', registry.arn({ name }));
    const settings = { ...newSettings(name, input), tags: input.Tags ?? {} };
    call.authorize('iam:PassRole', settings.role, { 'iam:PassedToService': 'lambda.amazonaws.com' });
    assumeFunctionRole(identity, settings.role, name);
    const code = await storeCode(codeSource(input.Code), parts);
    readEntries(await parts.state.blobs.get(code.sha256));
    return describeFunction(await registry.create(name, settings, code), environment);
  };
}
