import { AwsError } from '../../errors.ts';
import type { Pool, User } from '../model.ts';
import { defaultPasswordPolicy, type PasswordPolicy } from '../pools/pool-settings.ts';
import { createVerifier, matches, poolName } from '../sign-in/srp.ts';

export type RandomBytes = (size: number) => Buffer;

/** Source: Amazon Cognito developer guide, "Adding user pool password requirements". The space counts only within. */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=\S) (?=\S)/;

export function policyOf(pool: Pool): PasswordPolicy {
  return pool.settings.Policies?.PasswordPolicy ?? defaultPasswordPolicy;
}

/** Throws InvalidPasswordException with AWS's text for the first rule that is broken. */
export function requirePolicy(pool: Pool, password: string): void {
  const policy = policyOf(pool);
  const refuse = (text: string) =>
    new AwsError('InvalidPasswordException', `Password did not conform with policy: ${text}`);
  if (password.length < policy.MinimumLength) throw refuse('Password not long enough');
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) throw refuse('Password must have uppercase characters');
  if (policy.RequireLowercase && !/[a-z]/.test(password)) throw refuse('Password must have lowercase characters');
  if (policy.RequireNumbers && !/\d/.test(password)) throw refuse('Password must have numeric characters');
  if (policy.RequireSymbols && !symbol.test(password)) throw refuse('Password must have symbol characters');
  if (/^\s|\s$/.test(password)) throw refuse('Password must not have leading or trailing spaces');
}

const alphabets = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%^*-_+='] as const;

/** A password of every class of characters, so that it fits any policy. */
export function generatePassword(pool: Pool, randomBytes: RandomBytes): string {
  const length = Math.max(policyOf(pool).MinimumLength, 12);
  const all = alphabets.join('');
  const characters = Array.from({ length }, (_, place) => pick(alphabets[place] ?? all, randomBytes));
  for (let place = length - 1; place > 0; place -= 1) {
    const other = randomBelow(place + 1, randomBytes);
    [characters[place], characters[other]] = [characters[other] ?? '', characters[place] ?? ''];
  }
  return characters.join('');
}

/** The fields of a user that a new password changes. Throws where the policy, or the history it keeps, refuses it. */
export function passwordChange(
  pool: Pool,
  user: Pick<User, 'username' | 'password' | 'previousPasswords'>,
  password: string,
  randomBytes: RandomBytes,
): Pick<User, 'password' | 'previousPasswords'> {
  requirePolicy(pool, password);
  const history = policyOf(pool).PasswordHistorySize ?? 0;
  const former = [...(user.password ? [user.password] : []), ...(user.previousPasswords ?? [])].slice(0, history);
  const name = poolName(pool.id);
  if (former.some((verifier) => matches(verifier, name, user.username, password))) {
    throw new AwsError('PasswordHistoryPolicyViolationException', 'Password has previously been used');
  }
  return { password: createVerifier(name, user.username, password, randomBytes(16)), previousPasswords: former };
}

/** Without bias. */
export function randomBelow(bound: number, randomBytes: RandomBytes): number {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const value = randomBytes(4).readUInt32BE();
    if (value < limit) return value % bound;
  }
}

function pick(alphabet: string, randomBytes: RandomBytes): string {
  return alphabet.charAt(randomBelow(alphabet.length, randomBytes));
}
