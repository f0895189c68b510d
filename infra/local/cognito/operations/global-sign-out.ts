import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';

export const globalSignOut = (parts: Cognito) =>
  operation(z.object({ AccessToken: accessToken }), async (_call, { AccessToken }) => {
    const { user } = await requireSignedIn(parts, AccessToken);
    await parts.signIns.revokeAll(user);
    return {};
  });
