import type { Environment, JsonObject, ResourceProvider, ResourceResult } from '../service.ts';
import type { LogGroups } from './groups.ts';

/** AWS::Logs::LogGroup. Its file appears with the first message and goes with it; retention and keys are taken and not acted on. */
export function logGroupProvider(
  { partition, region, accountId }: Environment,
  groups: LogGroups,
  remove: (group: string) => Promise<void>,
): ResourceProvider {
  const describe = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*` },
  });
  const nameOf = (properties: JsonObject, otherwise: string): string => {
    const name = properties['LogGroupName'];
    return typeof name === 'string' ? name : otherwise;
  };
  const retentionOf = ({ RetentionInDays: days }: JsonObject): { retentionInDays: number | undefined } => ({
    retentionInDays: days === undefined ? undefined : Number(days),
  });

  return {
    type: 'AWS::Logs::LogGroup',
    properties: ['LogGroupName', 'RetentionInDays', 'KmsKeyId', 'LogGroupClass', 'Tags', 'DataProtectionPolicy'],
    replacedBy: ['LogGroupName'],
    async create({ stackName, logicalId, token, properties }) {
      const name = nameOf(properties, `${stackName}-${logicalId}-${token.slice(0, 12)}`);
      await groups.create({ name, token, ...retentionOf(properties) });
      return describe(name);
    },
    async update({ physicalId, properties }) {
      await groups.change(physicalId, retentionOf(properties));
      return describe(physicalId);
    },
    delete: ({ physicalId }) => remove(physicalId),
  };
}
