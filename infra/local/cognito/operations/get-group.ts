import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { describeGroup } from '../pools/describe.ts';
import { groupName } from '../pools/group-input.ts';

export const getGroup = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, GroupName: groupName }), (call, { UserPoolId, GroupName }) => {
    const pool = authorizedPool(parts, call, 'GetGroup', UserPoolId);
    return { Group: describeGroup(parts.pools.group(pool.id, GroupName)) };
  });
