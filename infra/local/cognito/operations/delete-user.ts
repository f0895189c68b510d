import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';

export const deleteUser = (parts: Cognito) =>
  operation(z.object({ AccessToken: accessToken }), async (_call, { AccessToken }) => {
    const { pool, user } = await requireSignedIn(parts, AccessToken);
    await Promise.all([parts.users.delete(pool, user), parts.signIns.forgetAll(user)]);
    return {};
  });
