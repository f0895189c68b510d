import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { clientId, operation, userPoolId } from '../operation.ts';
import { describeClient } from '../pools/describe.ts';

export const describeUserPoolClient = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, ClientId: clientId }), (call, { UserPoolId, ClientId }) => {
    const pool = authorizedPool(parts, call, 'DescribeUserPoolClient', UserPoolId);
    return { UserPoolClient: describeClient(parts.pools.client(ClientId, pool.id)) };
  });
