import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { groupName } from '../pools/group-input.ts';
import { removeGroup } from '../pools/remove-group.ts';

export const deleteGroup = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, GroupName: groupName }), async (call, { UserPoolId, GroupName }) => {
    const pool = authorizedPool(parts, call, 'DeleteGroup', UserPoolId);
    await removeGroup(parts, pool, parts.pools.group(pool.id, GroupName).name);
    return {};
  });
