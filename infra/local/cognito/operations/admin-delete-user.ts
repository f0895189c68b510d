import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';

export const adminDeleteUser = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, Username: username }), async (call, { UserPoolId, Username }) => {
    const pool = authorizedPool(parts, call, 'AdminDeleteUser', UserPoolId);
    const user = parts.users.get(pool, Username);
    await Promise.all([parts.users.delete(pool, user), parts.signIns.forgetAll(user)]);
    return {};
  });
