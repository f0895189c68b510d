/** One error of an answer, as AppSync writes it. */
export interface GraphqlErrorBody {
  readonly message: string;
  readonly errorType?: string | null;
  readonly errorInfo?: Readonly<Record<string, unknown>> | null;
  readonly path?: readonly (string | number)[] | null;
}

/** What a request ended with. `code` is the API's stable errorType; `requestId` is what its operators find in their logs. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';
  constructor(
    message: string,
    readonly code: string,
    readonly requestId: string | undefined,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(message);
  }
}

/** Too fast: the same request is admitted after `retryAfterMs`. Nothing was done. */
export class TooManyRequestsError extends ApiError {
  override readonly name = 'TooManyRequestsError';
  constructor(message: string, requestId: string | undefined, readonly retryAfterMs: number) {
    super(message, 'TooManyRequests', requestId);
  }
}

/** The day's or month's quota is used up until `resetsAt`. Nothing was done. */
export class QuotaExceededError extends ApiError {
  override readonly name = 'QuotaExceededError';
  constructor(message: string, requestId: string | undefined, readonly resetsAt: Date | undefined) {
    super(message, 'QuotaExceeded', requestId);
  }
}

export class TenantSuspendedError extends ApiError {
  override readonly name = 'TenantSuspendedError';
}

/** The tenant moves to another stack: it can be read meanwhile, and written after `retryAfterMs`. Nothing was done. */
export class TenantMovingError extends ApiError {
  override readonly name = 'TenantMovingError';
  constructor(message: string, requestId: string | undefined, readonly retryAfterMs: number) {
    super(message, 'TenantMoving', requestId);
  }
}

/** The tenant is in another stack now: sign in there. */
export class TenantMovedError extends ApiError {
  override readonly name = 'TenantMovedError';
}

/** The person's account is right and gets no token; `reason` says why and what to do, in a sentence each. */
export class AccessRefusedError extends ApiError {
  override readonly name = 'AccessRefusedError';
  constructor(readonly reason: string, requestId?: string) {
    super(reason, 'AccessRefused', requestId);
  }
}

/** The session is over, or never was: sign in again. */
export class SignedOutError extends ApiError {
  override readonly name = 'SignedOutError';
}

/** Signed in, and this is for other roles. */
export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError';
}

/** No answer came: offline, or the server is away. Whether a mutation was done is not known. */
export class UnreachableError extends ApiError {
  override readonly name = 'UnreachableError';
  constructor(url: string, override readonly cause: unknown) {
    super(`No answer from ${new URL(url).host}`, 'Unreachable', undefined);
  }
}

/** The error that a caller gets for an answer's first one. `status` is that of HTTP. */
export function toApiError(error: GraphqlErrorBody, status: number, requestId: string | undefined): ApiError {
  const { message, errorInfo } = error;
  const code = error.errorType ?? `Http${status}`;
  const path = error.path ?? [];
  if (status === 401) return new SignedOutError(message, code, requestId, path);
  switch (code) {
    case 'TooManyRequests':
      return new TooManyRequestsError(message, requestId, Number(errorInfo?.['retryAfterMs'] ?? 1000));
    case 'QuotaExceeded': {
      const resetsAt = errorInfo?.['resetsAt'];
      return new QuotaExceededError(message, requestId, typeof resetsAt === 'string' ? new Date(resetsAt) : undefined);
    }
    case 'TenantMoving':
      return new TenantMovingError(message, requestId, Number(errorInfo?.['retryAfterMs'] ?? 1000));
    case 'TenantMoved':
      return new TenantMovedError(message, code, requestId, path);
    case 'TenantSuspended':
      return new TenantSuspendedError(message, code, requestId, path);
    case 'Unauthorized':
      return new ForbiddenError(message, code, requestId, path);
    default:
      return new ApiError(message, code, requestId, path);
  }
}
