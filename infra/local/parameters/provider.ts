import { AwsError } from '../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../service.ts';
import type { Parameter, ParameterStore } from './store.ts';

/** AWS::SSM::Parameter */
export function parameterProvider(store: ParameterStore): ResourceProvider {
  const write = async (name: string, properties: JsonObject): Promise<ResourceResult> => {
    const { Type: type, Value: value, Description: description } = properties;
    if (type !== 'String' && type !== 'StringList')
      throw new AwsError('ValidationError', `Type is ${String(type)}, expected String or StringList`);
    if (typeof value !== 'string') throw new AwsError('ValidationError', `Value of ${name} is no text`);
    const existing = store.find(name);
    if (existing?.value !== value || existing.type !== type) {
      await store.put({ name, value, type, description: typeof description === 'string' ? description : undefined });
    }
    return { physicalId: name, attributes: { Type: type satisfies Parameter['type'], Value: value } };
  };

  return {
    type: 'AWS::SSM::Parameter',
    properties: ['Name', 'Type', 'Value', 'Description', 'Tier', 'Tags'],
    replacedBy: ['Name'],
    create: ({ stackName, logicalId, token, properties }) => {
      const name = properties['Name'];
      return write(typeof name === 'string' ? name : `CFN-${logicalId}-${stackName}-${token.slice(0, 8)}`, properties);
    },
    update: ({ physicalId, properties }) => write(physicalId, properties),
    delete: async ({ physicalId }) => void (await store.delete(physicalId)),
  };
}
