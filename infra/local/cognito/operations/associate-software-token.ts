import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import { accessToken, operation, session } from '../operation.ts';
import { base32 } from '../sign-in/totp.ts';
import { setupSession } from '../sign-in/setup-session.ts';
import { requireSignedIn } from '../tokens/access-token.ts';

const shape = z.object({ AccessToken: accessToken.optional(), Session: session.optional() });

/** A new secret for an authenticator app. It counts once a code of it was verified. */
export const associateSoftwareToken = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, Session }) => {
    const secret = base32(parts.randomBytes(32));
    if (AccessToken) {
      const { pool, user } = await requireSignedIn(parts, AccessToken);
      requireOffered(pool.settings.EnabledMfas);
      await parts.users.update(pool, user, () => ({ pendingTotpSecret: secret }));
      return { SecretCode: secret };
    }
    const { opened, client, user } = setupSession(parts, Session);
    await parts.sessions.use(opened.id, opened.expiresAt);
    return { SecretCode: secret, Session: parts.sessions.issue(client, user, 'MFA_SETUP', { totpSecret: secret }) };
  });

function requireOffered(factors: readonly string[] | undefined): void {
  if (factors?.includes('SOFTWARE_TOKEN_MFA')) return;
  throw new AwsError('SoftwareTokenMFANotFoundException', 'Software token MFA is not enabled for the user pool.');
}
