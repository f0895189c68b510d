import type { JsonObject, ResourceProvider } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import { parse } from '../operation.ts';
import { buildGroup, groupInput } from '../pools/group-input.ts';
import { removeGroup } from '../pools/remove-group.ts';

/** AWS::Cognito::UserPoolGroup */
export function userPoolGroupProvider(parts: Cognito): ResourceProvider {
  const write = async (properties: JsonObject) => {
    const input = parse(groupInput, properties);
    const pool = parts.pools.pool(input.UserPoolId);
    const existing = parts.pools.findGroup(pool.id, input.GroupName);
    await parts.pools.putGroup(buildGroup(input, parts.clock.now(), existing));
    return { physicalId: input.GroupName, attributes: {} };
  };

  return {
    type: 'AWS::Cognito::UserPoolGroup',
    properties: Object.keys(groupInput.shape),
    replacedBy: ['UserPoolId', 'GroupName'],
    create({ logicalId, properties }) {
      if (typeof properties['GroupName'] !== 'string') {
        throw new AwsError('InvalidParameterException', `${logicalId} has no GroupName: give it one`);
      }
      return write(properties);
    },
    update: ({ physicalId, properties }) => write({ ...properties, GroupName: physicalId }),
    async delete({ physicalId, properties }) {
      const pool = parts.pools.findPool(String(properties['UserPoolId']));
      if (pool) await removeGroup(parts, pool, physicalId);
    },
  };
}
