import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';

export const adminUserGlobalSignOut = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, Username: username }), async (call, { UserPoolId, Username }) => {
    const pool = authorizedPool(parts, call, 'AdminUserGlobalSignOut', UserPoolId);
    await parts.signIns.revokeAll(parts.users.get(pool, Username));
    return {};
  });
