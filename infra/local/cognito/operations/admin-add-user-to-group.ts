import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';
import { groupName } from '../pools/group-input.ts';

const shape = z.object({ UserPoolId: userPoolId, Username: username, GroupName: groupName });

export const adminAddUserToGroup = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, GroupName }) => {
    const pool = authorizedPool(parts, call, 'AdminAddUserToGroup', UserPoolId);
    const { name } = parts.pools.group(pool.id, GroupName);
    const user = parts.users.get(pool, Username);
    await parts.users.update(pool, user, ({ groups }) => ({ groups: [...new Set([...groups, name])] }));
    return {};
  });
