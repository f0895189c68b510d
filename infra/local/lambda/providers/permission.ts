import { z } from 'zod';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { parseReference } from '../registry/reference.ts';
import { parseInput } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';
import { generatedName } from './names.ts';

const shape = z.strictObject({
  Action: z.string().min(1),
  FunctionName: z.string().min(1),
  Principal: z.string().min(1),
  SourceArn: z.string().optional(),
  SourceAccount: z.coerce.string().optional(),
});

/** AWS::Lambda::Permission */
export function permissionProvider({
  registry,
  permissions,
  environment,
}: Pick<Parts, 'registry' | 'permissions' | 'environment'>): ResourceProvider {
  const write = async (statementId: string, properties: JsonObject): Promise<ResourceResult> => {
    const input = parseInput(shape, properties);
    const { reference } = registry.resolve(input.FunctionName);
    await permissions.put({
      functionName: reference.name,
      qualifier: reference.qualifier,
      statementId,
      action: input.Action,
      principal: input.Principal,
      sourceArn: input.SourceArn,
      sourceAccount: input.SourceAccount,
    });
    return { physicalId: statementId, attributes: { Id: statementId } };
  };

  return {
    type: 'AWS::Lambda::Permission',
    properties: Object.keys(shape.shape),
    replacedBy: Object.keys(shape.shape),
    create: (request) => write(generatedName(request, 100), request.properties),
    update: ({ physicalId, properties }) => write(physicalId, properties),
    async delete({ physicalId, properties }) {
      const functionName = properties['FunctionName'];
      if (typeof functionName !== 'string') return;
      await permissions.delete(parseReference(functionName, environment), physicalId);
    },
  };
}
