import { AwsError } from '../../errors.ts';
import type { State } from '../../service.ts';
import type { Client, User } from '../model.ts';
import type { Secrets } from '../secrets.ts';
import type { RandomBytes } from '../users/passwords.ts';

export type ChallengeName = 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'MFA_SETUP';

/** What a challenge's `Session` holds, sealed. */
export interface ChallengeSession {
  readonly id: string;
  readonly challenge: ChallengeName;
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  /** The salt of the password that was proved: a session does not outlive it. */
  readonly salt: string;
  readonly expiresAt: number;
  /** MFA_SETUP only: the secret that the user was given, and whether a code of it has been seen. */
  readonly totpSecret?: string;
  readonly totpVerified?: boolean;
}

export interface Sessions {
  issue(
    client: Client,
    user: User,
    challenge: ChallengeName,
    totp?: Pick<ChallengeSession, 'totpSecret' | 'totpVerified'>,
  ): string;
  /** Throws NotAuthorizedException unless it was issued for that challenge, is in time and was not used up. */
  open(session: string, challenge: ChallengeName): ChallengeSession;
  /** From here on the session, or the SRP exchange, with that id is refused. Throws if it is used up already. */
  use(id: string, expiresAt: number): Promise<void>;
}

const invalid = (detail = '') => new AwsError('NotAuthorizedException', `Invalid session for the user${detail}.`);

export function createSessions(state: State, secrets: Secrets, randomBytes: RandomBytes, now: () => number): Sessions {
  const used = state.collection<{ readonly expiresAt: number }>('cognito/used-sessions');

  const forgetExpired = () =>
    Promise.all([...used.entries()].filter(([, { expiresAt }]) => expiresAt < now()).map(([id]) => used.delete(id)));

  return {
    issue(client, user, challenge, totp = {}) {
      const session: ChallengeSession = {
        id: randomBytes(16).toString('hex'),
        challenge,
        poolId: client.poolId,
        clientId: client.id,
        sub: user.sub,
        salt: user.password?.salt ?? '',
        expiresAt: now() + sessionLifetime(client),
        ...totp,
      };
      return secrets.seal('session', session).toString('base64url');
    },
    open(sealed, challenge) {
      const session = secrets.open('session', Buffer.from(sealed, 'base64url')) as ChallengeSession | undefined;
      if (session?.challenge !== challenge) throw invalid();
      if (session.expiresAt < now()) throw invalid(', session is expired');
      if (used.has(session.id)) throw invalid(', session can only be used once');
      return session;
    },
    async use(id, expiresAt) {
      if (used.has(id)) throw invalid(', session can only be used once');
      const written = used.put(id, { expiresAt });
      await Promise.all([written, used.size > 1000 ? forgetExpired() : undefined]);
    },
  };
}

/** Milliseconds; AWS's default is three minutes. */
export function sessionLifetime(client: Client): number {
  return (client.settings.AuthSessionValidity ?? 3) * 60_000;
}
