import { authorizedPool, type Cognito } from '../context.ts';
import { operation } from '../operation.ts';
import { describeGroup } from '../pools/describe.ts';
import { groupInput } from '../pools/group-input.ts';

export const updateGroup = (parts: Cognito) =>
  operation(groupInput, async (call, { UserPoolId, GroupName, Description, Precedence, RoleArn }) => {
    const pool = authorizedPool(parts, call, 'UpdateGroup', UserPoolId);
    const group = {
      ...parts.pools.group(pool.id, GroupName),
      modifiedAt: parts.clock.now(),
      ...(Description !== undefined && { description: Description }),
      ...(Precedence !== undefined && { precedence: Precedence }),
      ...(RoleArn !== undefined && { roleArn: RoleArn }),
    };
    await parts.pools.putGroup(group);
    return { Group: describeGroup(group) };
  });
