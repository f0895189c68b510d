import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { limit, page, pageToken } from '../page.ts';
import { groupName } from '../pools/group-input.ts';
import { describeUser } from '../users/describe-user.ts';

const shape = z.object({ UserPoolId: userPoolId, GroupName: groupName, Limit: limit, NextToken: pageToken });

export const listUsersInGroup = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, GroupName, Limit, NextToken }) => {
    const pool = authorizedPool(parts, call, 'ListUsersInGroup', UserPoolId);
    const { name } = parts.pools.group(pool.id, GroupName);
    const members = [...parts.users.of(pool.id)].filter(({ groups }) => groups.includes(name));
    const { items, nextToken } = page(parts.secrets, `ListUsersInGroup/${pool.id}/${name}`, members, Limit, NextToken);
    return { Users: items.map(describeUser), NextToken: nextToken };
  });
