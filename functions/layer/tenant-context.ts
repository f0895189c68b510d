import { logger, metrics, tracer } from './telemetry.ts';

/** Whose work is being done. */
export interface TenantContext {
  readonly tenantId: string;
  readonly tier?: string;
}

/**
 * From here to the end of the invocation, or to `leaveTenant`, every log line, metric and trace says whose work it is.
 * The tier is a dimension of the metrics; the tenant, of which there may be thousands, is in their metadata, where Logs
 * Insights finds it at no price per tenant.
 */
export function enterTenant({ tenantId, tier }: TenantContext): void {
  logger.appendKeys({ tenantId, ...(tier !== undefined && { tier }) });
  metrics.addMetadata('tenantId', tenantId);
  if (tier !== undefined) metrics.addDimension('tier', tier);
  tracer.putAnnotation('tenantId', tenantId);
  if (tier !== undefined) tracer.putAnnotation('tier', tier);
}

/** Publishes what was measured for the tenant and forgets it. */
export function leaveTenant(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  metrics.clearDimensions();
  metrics.clearMetadata();
  logger.resetKeys();
}

/** Does one tenant's part of a batch. Parts of different tenants must not overlap in time. */
export async function withTenant<Result>(tenant: TenantContext, work: () => Promise<Result>): Promise<Result> {
  enterTenant(tenant);
  try {
    return await work();
  } finally {
    leaveTenant();
  }
}
