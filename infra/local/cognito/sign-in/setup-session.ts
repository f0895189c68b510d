import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { Client, Pool, User } from '../model.ts';
import type { ChallengeSession } from './sessions.ts';

export interface SetupSession {
  readonly opened: ChallengeSession;
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
}

/** The session of a sign-in that must set up MFA. Throws unless its user has none yet and still has that password. */
export function setupSession(
  parts: Pick<Cognito, 'sessions' | 'pools' | 'users'>,
  session: string | undefined,
): SetupSession {
  if (!session) throw new AwsError('InvalidParameterException', 'Expected an AccessToken or a Session');
  const opened = parts.sessions.open(session, 'MFA_SETUP');
  const client = parts.pools.client(opened.clientId, opened.poolId);
  const pool = parts.pools.pool(opened.poolId);
  const user = parts.users.bySub(pool.id, opened.sub);
  if (!user?.enabled || user.password?.salt !== opened.salt || user.totpSecret !== undefined) {
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  }
  return { opened, pool, client, user };
}
