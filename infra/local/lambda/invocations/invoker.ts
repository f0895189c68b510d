import { AwsError } from '../../errors.ts';
import type { Clock, Metrics } from '../../service.ts';
import type { RandomBytes } from '../dependencies.ts';
import type { ResolvedFunction } from '../registry/registry.ts';
import type { Outcome } from '../pool/outcome.ts';
import type { Pool } from '../pool/pool.ts';
import { uuid } from '../uuid.ts';

/** Bytes of an event and of an answer. Source: Lambda developer guide, "Lambda quotas". */
export const payloadLimit = 6 * 1024 * 1024;
export const asynchronousPayloadLimit = 1024 * 1024;
/** What the limit of an answer is in fact. */
const answerLimit = payloadLimit + 100;

export interface InvokeOptions {
  readonly requestId?: string;
  readonly clientContext?: string | undefined;
}

/** Runs a function for an event; who asks is no question any more. */
export type Invoke = (target: ResolvedFunction, payload: string, options?: InvokeOptions) => Promise<Outcome>;

/** Source: Lambda developer guide, "Types of metrics for Lambda functions". */
const namespace = 'AWS/Lambda';

export function createInvoke(pool: Pool, metrics: Metrics, clock: Clock, randomBytes: RandomBytes): Invoke {
  return async ({ document, arn }, payload, options = {}) => {
    checkPayload(payload, 'RequestResponse', payloadLimit);
    const outcome = await pool.run(document, {
      requestId: options.requestId ?? uuid(randomBytes),
      event: payload,
      functionArn: arn,
      traceId: traceId(clock, randomBytes),
      clientContext: options.clientContext,
    });
    const tooLarge = exceeds(outcome.payload, answerLimit);
    const measured = { Invocations: 1, Errors: outcome.failed || tooLarge ? 1 : 0, Duration: outcome.duration };
    metrics.record(namespace, { FunctionName: document.name }, measured);
    if (!tooLarge) return outcome;
    const report = {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${answerLimit} bytes).`,
    };
    return { ...outcome, failed: true, payload: JSON.stringify(report) };
  };
}

/** Throws RequestTooLargeException. */
export function checkPayload(payload: string, kind: string, limit: number): void {
  if (!exceeds(payload, limit)) return;
  throw new AwsError(
    'RequestTooLargeException',
    `${Buffer.byteLength(payload)} byte payload is too large for the ${kind} invocation type (limit ${limit} bytes)`,
    413,
    { Type: 'User' },
  );
}

function exceeds(text: string, limit: number): boolean {
  // A character takes three bytes of UTF-8 at most: most texts need no counting.
  return text.length * 3 > limit && Buffer.byteLength(text) > limit;
}

/** Source: AWS X-Ray developer guide, "Tracing header". */
function traceId(clock: Clock, randomBytes: RandomBytes): string {
  const random = randomBytes(20).toString('hex');
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  return `Root=1-${seconds.padStart(8, '0')}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=0`;
}
