import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { limit, page, pageToken } from '../page.ts';
import { describeGroup } from '../pools/describe.ts';

export const listGroups = (parts: Cognito) =>
  operation(
    z.object({ UserPoolId: userPoolId, Limit: limit, NextToken: pageToken }),
    (call, { UserPoolId, Limit, NextToken }) => {
      const pool = authorizedPool(parts, call, 'ListGroups', UserPoolId);
      const groups = parts.pools.groups(pool.id);
      const { items, nextToken } = page(parts.secrets, `ListGroups/${pool.id}`, groups, Limit, NextToken);
      return { Groups: items.map(describeGroup), NextToken: nextToken };
    },
  );
