import { AwsError } from '../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../service.ts';
import type { Parameter, ParameterStore } from './store.ts';

/** AWS::SSM::Parameter */
export function parameterProvider(store: ParameterStore): ResourceProvider {
  const write = async (name: string, properties: JsonObject, createdBy?: string): Promise<ResourceResult> => {
    const { Type: type, Value: value, Description: given } = properties;
    if (type !== 'String' && type !== 'StringList')
      throw new AwsError('ValidationError', `Type is ${String(type)}, expected String or StringList`);
    if (typeof value !== 'string') throw new AwsError('ValidationError', `Value of ${name} is no text`);
    const description = typeof given === 'string' ? given : undefined;
    const existing = store.find(name);
    if (existing?.value !== value || existing.type !== type || existing.description !== description) {
      await store.put({ name, value, type, description, createdBy });
    }
    return { physicalId: name, attributes: { Type: type satisfies Parameter['type'], Value: value } };
  };

  return {
    type: 'AWS::SSM::Parameter',
    properties: ['Name', 'Type', 'Value', 'Description', 'Tier', 'Tags'],
    replacedBy: ['Name'],
    create: async ({ stackName, logicalId, token, properties }) => {
      const given = properties['Name'];
      const name = typeof given === 'string' ? given : `CFN-${logicalId}-${stackName}-${token.slice(0, 8)}`;
      const existing = store.find(name);
      if (existing && existing.createdBy !== token)
        throw new AwsError('AlreadyExists', `Parameter ${name} already exists`);
      return await write(name, properties, token);
    },
    update: ({ physicalId, properties }) => write(physicalId, properties),
    delete: async ({ physicalId }) => void (await store.delete(physicalId)),
  };
}
