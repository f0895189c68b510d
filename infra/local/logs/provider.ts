import type { Environment, JsonObject, ResourceProvider, ResourceResult } from '../service.ts';

/** AWS::Logs::LogGroup. Its file appears with the first message; retention and keys are taken and not acted on. */
export function logGroupProvider({ partition, region, accountId }: Environment): ResourceProvider {
  const describe = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*` },
  });
  const nameOf = (properties: JsonObject, otherwise: string): string => {
    const name = properties['LogGroupName'];
    return typeof name === 'string' ? name : otherwise;
  };

  return {
    type: 'AWS::Logs::LogGroup',
    properties: ['LogGroupName', 'RetentionInDays', 'KmsKeyId', 'LogGroupClass', 'Tags', 'DataProtectionPolicy'],
    replacedBy: ['LogGroupName'],
    create: async ({ stackName, logicalId, token, properties }) =>
      describe(nameOf(properties, `${stackName}-${logicalId}-${token.slice(0, 12)}`)),
    update: async ({ physicalId }) => describe(physicalId),
    delete: async () => undefined,
  };
}
