import { SignInError } from '../session/steps.ts';
import {
  AccessRefusedError,
  ApiError,
  ForbiddenError,
  QuotaExceededError,
  SignedOutError,
  TenantMovedError,
  TenantMovingError,
  TenantSuspendedError,
  TooManyRequestsError,
  UnreachableError,
} from './errors.ts';

/** An error as a person is told of it. */
export interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly nextStep: string;
  /** For support; `code` is the API's errorType. */
  readonly code: string;
  readonly requestId: string | undefined;
  /** When the same request can succeed; show the time that is left. */
  readonly retryAt?: Date;
  /** Calm: nothing is broken, and waiting mends it. */
  readonly tone: 'calm' | 'error';
}

/** @param now - when the error came, for `retryAt` */
export function explain(error: unknown, now: Date = new Date()): Explanation {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  const code = error instanceof ApiError || error instanceof SignInError ? error.code : 'Unexpected';
  const cause = error instanceof Error ? error.message : String(error);
  const say = (title: string, nextStep: string, more: Partial<Explanation> = {}): Explanation => ({
    title,
    cause,
    nextStep,
    code,
    requestId,
    tone: 'error',
    ...more,
  });

  if (error instanceof TooManyRequestsError) {
    const retryAt = new Date(now.getTime() + error.retryAfterMs);
    return say('One moment, please', 'Wait a moment, then try again.', { retryAt, tone: 'calm' });
  }
  if (error instanceof QuotaExceededError) {
    const until = error.resetsAt && { retryAt: error.resetsAt };
    return say('The quota is used up', 'It starts anew at the time shown; a larger tier has a larger quota.', {
      ...until,
      tone: 'calm',
    });
  }
  if (error instanceof TenantSuspendedError)
    return say('This workspace is suspended', 'Ask whoever pays for it, or the support, to have it activated.', {
      tone: 'calm',
    });
  if (error instanceof TenantMovingError) {
    const retryAt = new Date(now.getTime() + error.retryAfterMs);
    return say('Your workspace is being moved', 'Nothing is lost; changes are taken again in a moment.', {
      retryAt,
      tone: 'calm',
    });
  }
  if (error instanceof TenantMovedError)
    return say('Your workspace has moved', 'Open it again to sign in where it is now.', { tone: 'calm' });
  if (error instanceof AccessRefusedError) {
    const [title = '', ...rest] = error.reason.split(/(?<=\.) /);
    return say(title.replace(/\.$/, ''), rest.join(' '), {
      cause: 'Your sign-in is right, and gives no access now.',
      tone: 'calm',
    });
  }
  if (error instanceof SignedOutError) return say('Your session has ended', 'Sign in again to go on.');
  if (error instanceof ForbiddenError) return say('This is not for your role', 'Ask an administrator to do it.');
  if (error instanceof UnreachableError)
    return say('The service could not be reached', 'Check your connection, then try again.');
  const known = requestId === undefined ? 'what is said here, and when it was' : 'the request id';
  const nextStep = `Try again; if it stays, tell the support ${known}.`;
  return say(error instanceof SignInError ? 'The sign-in service refused this' : 'Something went wrong', nextStep);
}
