import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import type { PasswordVerifier, Pool, User } from '../model.ts';
import { policyOf } from '../users/passwords.ts';
import { caseFolded } from '../users/sign-in-names.ts';
import { imagineUser } from './unknown-user.ts';

/** Whoever a sign-in names: a user, or nobody behind a name. */
export interface Candidate {
  readonly user?: User;
  readonly username: string;
  readonly password: PasswordVerifier;
  /** Failures count against this. */
  readonly attemptsKey: string;
}

/**
 * Who is named. An unknown name is told only where the client says so (`PreventUserExistenceErrors` LEGACY); else it goes
 * through the same steps as a known one and fails at the password.
 */
export function candidateOf(
  parts: Pick<Cognito, 'users' | 'secrets' | 'attempts'>,
  { pool, client }: App,
  name: string,
): Candidate {
  const user = parts.users.find(pool, name);
  if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') {
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  }
  const attemptsKey = `${pool.id}/${user?.sub ?? caseFolded(pool, name)}`;
  parts.attempts.require(attemptsKey);
  const imagined = imagineUser(parts, pool, name);
  if (!user?.password) return { ...imagined, attemptsKey };
  return { user, username: user.username, password: user.password, attemptsKey };
}

export function wrongPassword(): AwsError {
  return new AwsError('NotAuthorizedException', 'Incorrect username or password.');
}

/** Throws unless a user whose password was right may go on. */
export function requireUsable(pool: Pool, user: User, now: number): void {
  if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'UNCONFIRMED') throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  const days = policyOf(pool).TemporaryPasswordValidityDays;
  if (user.status === 'FORCE_CHANGE_PASSWORD' && (user.temporarySince ?? 0) + days * 86_400_000 < now) {
    throw new AwsError(
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    );
  }
}
