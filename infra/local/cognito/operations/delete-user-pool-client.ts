import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { clientId, operation, userPoolId } from '../operation.ts';

export const deleteUserPoolClient = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, ClientId: clientId }), async (call, { UserPoolId, ClientId }) => {
    const pool = authorizedPool(parts, call, 'DeleteUserPoolClient', UserPoolId);
    await parts.pools.deleteClient(parts.pools.client(ClientId, pool.id).id);
    return {};
  });
