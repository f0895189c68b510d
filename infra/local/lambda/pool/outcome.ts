import type { ErrorReport } from '../worker/messages.ts';

/** One event for a worker. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly functionArn: string;
  readonly traceId: string;
  readonly clientContext?: string | undefined;
}

export interface Outcome {
  /** JSON: the handler's answer, or an ErrorReport if `failed`. */
  readonly payload: string;
  readonly failed: boolean;
  /** Milliseconds. */
  readonly duration: number;
  /** The invocation's log messages. */
  readonly log: readonly string[];
}

/** A worker did not come up: its function's fault, so the invocation fails and the host goes on. */
export class InitError extends Error {
  override readonly name = 'InitError';
  constructor(readonly report: ErrorReport, readonly log: readonly string[]) {
    super(report.errorMessage);
  }
}
