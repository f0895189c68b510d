import type { ResourceProvider, ResourceResult } from '../../service.ts';
import { z } from 'zod';
import { parseInput } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';

const shape = z.strictObject({
  FunctionName: z.string().min(1),
  Description: z.string().max(256).optional(),
  CodeSha256: z.string().optional(),
});

/** AWS::Lambda::Version */
export function versionProvider({ registry }: Pick<Parts, 'registry'>): ResourceProvider {
  const describe = (name: string, version: string): ResourceResult => {
    const arn = registry.arn({ name, qualifier: version });
    return { physicalId: arn, attributes: { Version: version, FunctionArn: arn } };
  };

  return {
    type: 'AWS::Lambda::Version',
    properties: Object.keys(shape.shape),
    replacedBy: Object.keys(shape.shape),
    async create({ properties, token }) {
      const { FunctionName, Description = '' } = parseInput(shape, properties);
      const { name } = registry.resolve(FunctionName).document;
      const { version } = await registry.publish(name, Description, token);
      return describe(name, version);
    },
    async update({ physicalId }) {
      const { document } = registry.resolve(physicalId);
      return describe(document.name, document.version);
    },
    async delete({ physicalId }) {
      const [, , , , , , name, version] = physicalId.split(':');
      if (name !== undefined && version !== undefined) await registry.unpublish(name, version);
    },
  };
}
