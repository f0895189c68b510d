import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';
import { describeMfa, describeUser } from '../users/describe-user.ts';

export const adminGetUser = (parts: Cognito) =>
  operation(z.object({ UserPoolId: userPoolId, Username: username }), (call, { UserPoolId, Username }) => {
    const pool = authorizedPool(parts, call, 'AdminGetUser', UserPoolId);
    const user = parts.users.get(pool, Username);
    const { Attributes, ...described } = describeUser(user);
    return { ...described, UserAttributes: Attributes, ...describeMfa(user) };
  });
