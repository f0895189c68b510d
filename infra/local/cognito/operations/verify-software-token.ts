import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { accessToken, operation, session } from '../operation.ts';
import { requireTotp } from '../sign-in/require-totp.ts';
import { setupSession } from '../sign-in/setup-session.ts';
import { requireSignedIn } from '../tokens/access-token.ts';

const shape = z.object({
  AccessToken: accessToken.optional(),
  Session: session.optional(),
  UserCode: z.string().regex(/^\d{6}$/, 'expected six digits'),
  FriendlyDeviceName: z.string().max(131_072).optional(),
});

export const verifySoftwareToken = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, Session, UserCode }) => {
    if (AccessToken) {
      const { pool, user } = await requireSignedIn(parts, AccessToken);
      const secret = requireSecret(user.pendingTotpSecret);
      const totpStep = requireCode(parts, user, secret, UserCode);
      const totpEnabled = pool.settings.MfaConfiguration === 'ON' || user.totpEnabled;
      await parts.users.update(pool, user, () => ({
        totpSecret: secret,
        pendingTotpSecret: undefined,
        totpStep,
        totpEnabled,
      }));
      return { Status: 'SUCCESS' };
    }
    const { opened, pool, client, user } = setupSession(parts, Session);
    const secret = requireSecret(opened.totpSecret);
    const totpStep = requireCode(parts, user, secret, UserCode);
    await Promise.all([
      parts.users.update(pool, user, () => ({ totpSecret: secret, totpStep, totpEnabled: true })),
      parts.sessions.use(opened.id, opened.expiresAt),
    ]);
    return {
      Status: 'SUCCESS',
      Session: parts.sessions.issue(client, user, 'MFA_SETUP', { totpSecret: secret, totpVerified: true }),
    };
  });

function requireSecret(secret: string | undefined): string {
  if (secret !== undefined) return secret;
  throw new AwsError('InvalidParameterException', 'No software token to verify: call AssociateSoftwareToken first');
}

function requireCode(parts: Cognito, user: User, secret: string, code: string): number {
  try {
    return requireTotp(parts, user, secret, code);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'CodeMismatchException') {
      throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
    }
    throw error;
  }
}
