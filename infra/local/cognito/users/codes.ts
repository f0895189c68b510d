import { timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { Cognito } from '../context.ts';
import type { CodePurpose, PendingCode, Pool, User } from '../model.ts';
import { randomBelow } from './passwords.ts';

/** Hours that a code is valid. Source: Amazon Cognito developer guide, "Quotas", "Code validity". */
const validHours: Readonly<Record<CodePurpose, number>> = { 'sign-up': 24, 'forgot-password': 1, email: 24 };

type Parts = Pick<Cognito, 'clock' | 'randomBytes' | 'secrets' | 'users' | 'attempts'>;

/** Gives the user a new code of six digits for the purpose; the one before it is void. Answers the code. */
export async function giveCode(
  parts: Parts,
  pool: Pool,
  user: User,
  purpose: CodePurpose,
  newValue?: string,
): Promise<string> {
  const code = String(randomBelow(1_000_000, parts.randomBytes)).padStart(6, '0');
  const pending: PendingCode = {
    hash: digest(parts, user, purpose, code),
    expiresAt: parts.clock.now() + validHours[purpose] * 3_600_000,
    ...(newValue !== undefined && { newValue }),
  };
  await parts.users.update(pool, user, ({ codes }) => ({ codes: { ...codes, [purpose]: pending } }));
  return code;
}

/**
 * What hangs on the code, if it is the right one. Throws CodeMismatchException, ExpiredCodeException, or
 * LimitExceededException after too many guesses. A user that is not there answers like one that was sent no such code.
 * The caller removes the code with `withoutCode` in the change that it allows.
 */
export function requireCode(
  parts: Parts,
  user: User | undefined,
  purpose: CodePurpose,
  code: string,
  attemptsKey: string = user ? `${user.poolId}/${user.sub}` : '',
): PendingCode {
  const key = `code/${attemptsKey}`;
  if (parts.attempts.isLocked(key)) {
    throw new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  }
  const pending = user?.codes[purpose];
  if (!user || !pending || !isCode(parts, user, purpose, code, pending)) {
    parts.attempts.fail(key);
    throw new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
  }
  if (pending.expiresAt < parts.clock.now()) {
    throw new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  }
  parts.attempts.succeed(key);
  return pending;
}

function isCode(parts: Parts, user: User, purpose: CodePurpose, code: string, pending: PendingCode): boolean {
  return timingSafeEqual(Buffer.from(digest(parts, user, purpose, code)), Buffer.from(pending.hash));
}

export function withoutCode(codes: User['codes'], purpose: CodePurpose): User['codes'] {
  return Object.fromEntries(Object.entries(codes).filter(([name]) => name !== purpose));
}

function digest({ secrets }: Parts, user: User, purpose: CodePurpose, code: string): string {
  return secrets.digest('code', [user.poolId, user.sub, purpose, code].join('\0')).toString('base64');
}
