import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, password, username, userPoolId } from '../operation.ts';
import { passwordChange } from '../users/passwords.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  Username: username,
  Password: password,
  Permanent: z.boolean().default(false),
});

export const adminSetUserPassword = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, Password, Permanent }) => {
    const pool = authorizedPool(parts, call, 'AdminSetUserPassword', UserPoolId);
    const user = parts.users.get(pool, Username);
    const changed = passwordChange(pool, user, Password, parts.randomBytes);
    await parts.users.update(pool, user, () => ({
      ...changed,
      status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      temporarySince: Permanent ? undefined : parts.clock.now(),
    }));
    return {};
  });
