import { ApiError, TenantMovingError, TooManyRequestsError, UnreachableError } from './errors.ts';

/** A longer wait is not taken silently: the caller shows a countdown. */
const longestSilentWait = 5000;
const firstDelay = 250;
const mostAttempts = 4;

export interface RetryOptions {
  /** Whether the request may run twice: all queries, and mutations that carry a client token. */
  readonly repeatable: boolean;
  readonly random: () => number;
}

/**
 * Milliseconds to wait before attempt `attempt + 1`, or undefined where the error is the caller's. What was refused for its rate or for a move was not
 * done, so it may always be sent again, and not before the API says; other faults are only repeated where that does no harm.
 */
export function retryDelay(error: unknown, attempt: number, { repeatable, random }: RetryOptions): number | undefined {
  if (attempt >= mostAttempts) return undefined;
  const backoff = firstDelay * 2 ** (attempt - 1);
  if (error instanceof TooManyRequestsError || error instanceof TenantMovingError) {
    // Spread out, or all that were refused together come back together.
    const delay = error.retryAfterMs + random() * backoff;
    return delay <= longestSilentWait ? delay : undefined;
  }
  if (!repeatable) return undefined;
  const isPassing = error instanceof UnreachableError || (error instanceof ApiError && /^Http5/.test(error.code));
  return isPassing ? backoff / 2 + random() * backoff : undefined;
}
