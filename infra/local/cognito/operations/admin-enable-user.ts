import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';

export const adminEnableUser = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, Username: username }), async (call, { UserPoolId, Username }) => {
    const pool = authorizedPool(parts, call, 'AdminEnableUser', UserPoolId);
    await parts.users.update(pool, parts.users.get(pool, Username), () => ({ enabled: true }));
    return {};
  });
