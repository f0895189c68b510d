import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { mfaPreference, setMfaPreference } from '../users/mfa-preference.ts';

export const setUserMfaPreference = (parts: Cognito) =>
  operation(z.object({ AccessToken: accessToken, ...mfaPreference }), async (_call, { AccessToken, ...preference }) => {
    const { pool, user } = await requireSignedIn(parts, AccessToken);
    await setMfaPreference(parts, pool, user, preference);
    return {};
  });
