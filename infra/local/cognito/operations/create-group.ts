import { AwsError } from '../../errors.ts';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation } from '../operation.ts';
import { describeGroup } from '../pools/describe.ts';
import { buildGroup, groupInput } from '../pools/group-input.ts';

export const createGroup = (parts: Cognito) =>
  operation(groupInput, async (call, input) => {
    const pool = authorizedPool(parts, call, 'CreateGroup', input.UserPoolId);
    if (parts.pools.findGroup(pool.id, input.GroupName)) {
      throw new AwsError('GroupExistsException', 'A group with the name already exists.');
    }
    const group = buildGroup(input, parts.clock.now());
    await parts.pools.putGroup(group);
    return { Group: describeGroup(group) };
  });
