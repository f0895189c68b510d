import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';
import { deleteAttributes } from '../users/delete-attributes.ts';

const shape = z.object({ UserPoolId: userPoolId, Username: username, UserAttributeNames: z.array(z.string()).min(1) });

export const adminDeleteUserAttributes = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, UserAttributeNames }) => {
    const pool = authorizedPool(parts, call, 'AdminDeleteUserAttributes', UserPoolId);
    await deleteAttributes(parts, pool, parts.users.get(pool, Username), UserAttributeNames);
    return {};
  });
