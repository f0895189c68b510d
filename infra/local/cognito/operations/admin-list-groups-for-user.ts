import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';
import { limit, page, pageToken } from '../page.ts';
import { describeGroup } from '../pools/describe.ts';

const shape = z.object({ UserPoolId: userPoolId, Username: username, Limit: limit, NextToken: pageToken });

export const adminListGroupsForUser = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, Username, Limit, NextToken }) => {
    const pool = authorizedPool(parts, call, 'AdminListGroupsForUser', UserPoolId);
    const user = parts.users.get(pool, Username);
    const groups = user.groups.flatMap((name) => parts.pools.findGroup(pool.id, name) ?? []);
    const query = `AdminListGroupsForUser/${pool.id}/${user.sub}`;
    const { items, nextToken } = page(parts.secrets, query, groups, Limit, NextToken);
    return { Groups: items.map(describeGroup), NextToken: nextToken };
  });
