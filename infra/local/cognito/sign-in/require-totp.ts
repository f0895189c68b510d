import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { matchingStep } from './totp.ts';

/**
 * The time step of a right code; the caller stores it, in the same turn, so that the code serves once. Throws
 * CodeMismatchException, or ExpiredCodeException for a code that served already. Wrong ones count like wrong passwords.
 */
export function requireTotp(
  { attempts, clock }: Pick<Cognito, 'attempts' | 'clock'>,
  user: User,
  secret: string | undefined,
  code: string,
): number {
  const key = `totp/${user.poolId}/${user.sub}`;
  attempts.require(key);
  const step = secret === undefined ? undefined : matchingStep(secret, code, clock.now());
  if (step === undefined) {
    attempts.fail(key);
    throw new AwsError('CodeMismatchException', 'Invalid code received for user');
  }
  if (secret === user.totpSecret && step <= (user.totpStep ?? -1)) {
    throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
  }
  attempts.succeed(key);
  return step;
}
