import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { deletePool } from '../pools/manage-pools.ts';

export const deleteUserPool = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId }), async (call, { UserPoolId }) => {
    await deletePool(parts, authorizedPool(parts, call, 'DeleteUserPool', UserPoolId));
    return {};
  });
