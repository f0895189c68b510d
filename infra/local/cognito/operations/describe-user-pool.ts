import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { describePool } from '../pools/describe.ts';

export const describeUserPool = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId }), (call, { UserPoolId }) => {
    const pool = authorizedPool(parts, call, 'DescribeUserPool', UserPoolId);
    return { UserPool: describePool(pool, parts.users.count(pool.id)) };
  });
