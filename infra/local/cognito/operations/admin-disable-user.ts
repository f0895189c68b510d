import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';

/** Ends the user's sign-ins too. */
export const adminDisableUser = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, Username: username }), async (call, { UserPoolId, Username }) => {
    const pool = authorizedPool(parts, call, 'AdminDisableUser', UserPoolId);
    const user = parts.users.get(pool, Username);
    await Promise.all([parts.users.update(pool, user, () => ({ enabled: false })), parts.signIns.revokeAll(user)]);
    return {};
  });
