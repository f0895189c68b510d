import { AwsError } from '../../errors.ts';

/**
 * Failed sign-ins by name, known or not: after five, each further failure locks the name out for twice as long, from one
 * second to about 15 minutes; 15 quiet minutes forgive. Kept in memory only.
 * Source: Amazon Cognito developer guide, "Lockout behavior for failed sign-in attempts".
 */
export interface Attempts {
  /** Throws NotAuthorizedException while the name is locked out. */
  require(key: string): void;
  isLocked(key: string): boolean;
  fail(key: string): void;
  succeed(key: string): void;
}

interface Failures {
  readonly count: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

const free = 5;
const forgiveAfter = 15 * 60_000;
const longestLock = 15 * 60_000;
const capacity = 50_000;

export function createAttempts(now: () => number): Attempts {
  const failures = new Map<string, Failures>();

  const current = (key: string): Failures | undefined => {
    const entry = failures.get(key);
    if (!entry || Math.max(entry.lastAt, entry.lockedUntil) + forgiveAfter > now()) return entry;
    failures.delete(key);
    return undefined;
  };

  const isLocked = (key: string) => (current(key)?.lockedUntil ?? 0) > now();

  return {
    isLocked,
    require(key) {
      if (isLocked(key)) throw new AwsError('NotAuthorizedException', 'Password attempts exceeded');
    },
    fail(key) {
      const count = (current(key)?.count ?? 0) + 1;
      const lock = count < free ? 0 : Math.min(1000 * 2 ** (count - free), longestLock);
      failures.delete(key);
      failures.set(key, { count, lastAt: now(), lockedUntil: now() + lock });
      const oldest = failures.keys().next();
      if (failures.size > capacity && !oldest.done) failures.delete(oldest.value);
    },
    succeed: (key) => void failures.delete(key),
  };
}
