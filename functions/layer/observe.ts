import type { Context } from 'aws-lambda';
import { leaveTenant } from './tenant-context.ts';
import { logger, metrics, MetricUnit, tracer } from './telemetry.ts';

/**
 * What every handler is wrapped in: log lines with the request's id, a trace segment, metrics published at the end,
 * a fault logged and counted before Lambda gets it. One tenant's context never reaches the next invocation.
 *
 * @example export const handler = observe(async (event: FieldCall) => registerTenant(event));
 */
export function observe<Event, Result>(handle: (event: Event) => Promise<Result>) {
  return async (event: Event, context: Context): Promise<Result> => {
    logger.addContext(context);
    const closeSegment = openSegment(context.functionName);
    metrics.captureColdStartMetric();
    try {
      return await handle(event);
    } catch (fault) {
      logger.error('The function failed', fault as Error);
      tracer.addErrorAsMetadata(fault as Error);
      metrics.addMetric('Faults', MetricUnit.Count, 1);
      throw fault;
    } finally {
      leaveTenant();
      closeSegment();
    }
  };
}

/** A subsegment of the segment that Lambda itself makes; annotations cannot be put on that one. */
function openSegment(name: string): () => void {
  const parent = tracer.getSegment();
  if (!tracer.isTracingEnabled() || !parent) return () => {};
  const segment = parent.addNewSubsegment(`## ${name}`);
  tracer.setSegment(segment);
  tracer.annotateColdStart();
  tracer.addServiceNameAnnotation();
  return () => {
    segment.close();
    tracer.setSegment(parent);
  };
}
