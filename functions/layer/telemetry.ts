/**
 * One logger, one set of metrics and one tracer a function. They are set up by the Powertools variables
 * (POWERTOOLS_SERVICE_NAME, POWERTOOLS_METRICS_NAMESPACE, LOG_LEVEL). Who the tenant is: tenant-context.ts.
 * Never log a token, a password or a whole event.
 */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';

export { MetricUnit } from '@aws-lambda-powertools/metrics';

export const logger = new Logger();
export const metrics = new Metrics();
// Calls over HTTP are not patched: it would cost every cold start, and the SDK's calls show in the service map anyway.
export const tracer = new Tracer({ captureHTTPsRequests: false });
