import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, confirmationCode, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { requireCode, withoutCode } from '../users/codes.ts';

const shape = z.object({
  AccessToken: accessToken,
  AttributeName: z.literal('email', { error: 'expected email: the local cloud sends no text messages' }),
  Code: confirmationCode,
});

export const verifyUserAttribute = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, Code }) => {
    const { pool, user } = await requireSignedIn(parts, AccessToken);
    const { newValue } = requireCode(parts, user, 'email', Code);
    await parts.users.update(pool, user, ({ attributes, codes }) => ({
      attributes: { ...attributes, ...(newValue !== undefined && { email: newValue }), email_verified: 'true' },
      codes: withoutCode(codes, 'email'),
    }));
    return {};
  });
