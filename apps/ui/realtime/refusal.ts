import {
  type ApiError,
  ForbiddenError,
  QuotaExceededError,
  TenantMovingError,
  toApiError,
  TooManyRequestsError,
} from '../graphql/errors.ts';
import type { Frame } from './protocol.ts';

/** Of a frame that the API cannot read. An error of the document itself has no type at all. */
const malformed: readonly string[] = ['BadRequestException', 'UnsupportedOperation', 'Http200'];
/** The longest that a browser's timer takes. */
const longestTimer = 2 ** 31 - 1;

/** What a frame refuses with, or ends with. */
export function errorOf({ payload }: Frame): ApiError {
  const [error] = [payload?.errors ?? []].flat();
  const ended = { message: 'The subscription was ended by the server', errorType: 'SubscriptionEnded' };
  return toApiError(error ?? ended, error?.errorCode ?? 200, undefined);
}

/** Whether the same subscription will be refused however often it is asked for. Whatever else refuses it may pass. */
export function isForGood(error: ApiError): boolean {
  return error instanceof ForbiddenError || malformed.includes(error.code);
}

/** Milliseconds within which asking again is in vain, as the error says; each time would be counted as one more refusal. */
export function waitOf(error: ApiError): number {
  if (error instanceof TooManyRequestsError || error instanceof TenantMovingError) return error.retryAfterMs;
  if (!(error instanceof QuotaExceededError) || !error.resetsAt) return 0;
  return Math.min(longestTimer, Math.max(0, error.resetsAt.getTime() - Date.now()));
}
