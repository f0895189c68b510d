import { z } from 'zod';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { parseInput } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';

const shape = z.strictObject({
  FunctionName: z.string().min(1),
  FunctionVersion: z.string().min(1),
  Name: z.string().regex(/^(?!\d+$)[\w-]{1,128}$/, 'expected a name that is no number'),
  Description: z.string().max(256).optional(),
});

/** AWS::Lambda::Alias */
export function aliasProvider({ registry }: Pick<Parts, 'registry'>): ResourceProvider {
  const write = async (properties: JsonObject, token: string | undefined): Promise<ResourceResult> => {
    const input = parseInput(shape, properties);
    const { name } = registry.resolve(input.FunctionName).document;
    await registry.putAlias({
      functionName: name,
      name: input.Name,
      version: input.FunctionVersion,
      description: input.Description ?? '',
      token,
    });
    const arn = registry.arn({ name, qualifier: input.Name });
    return { physicalId: arn, attributes: { AliasArn: arn } };
  };

  return {
    type: 'AWS::Lambda::Alias',
    properties: Object.keys(shape.shape),
    replacedBy: ['FunctionName', 'Name'],
    create: ({ properties, token }) => write(properties, token),
    update: ({ physicalId, properties }) => write(properties, registry.findAlias(physicalId)?.token),
    async delete({ physicalId }) {
      const [, , , , , , name, alias] = physicalId.split(':');
      if (name !== undefined && alias !== undefined) await registry.deleteAlias(name, alias);
    },
  };
}
