import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, username, userPoolId } from '../operation.ts';
import { mfaPreference, setMfaPreference } from '../users/mfa-preference.ts';

const shape = z.object({ UserPoolId: userPoolId, Username: username, ...mfaPreference });

export const adminSetUserMfaPreference = (parts: Cognito) =>
  operation(shape, async (call, { UserPoolId, Username, ...preference }) => {
    const pool = authorizedPool(parts, call, 'AdminSetUserMFAPreference', UserPoolId);
    await setMfaPreference(parts, pool, parts.users.get(pool, Username), preference);
    return {};
  });
