import { auditEntry } from '../layer/audit-entry.ts';
import { metrics, MetricUnit } from '../layer/telemetry.ts';
import { transact } from '../layer/transact.ts';
import type { Dependencies, Onboarding } from './onboarding.ts';
import { registrationUpdate, tenantUpdate, withStep } from './record.ts';

/**
 * Ends a registration as FAILED, with its cause. The tenant keeps its claims, so that an operator can mend the cause and
 * nobody takes the name meanwhile.
 */
export async function failOnboarding(
  { registration, tenant }: Onboarding,
  place: number,
  cause: unknown,
  { documents, tables, clock }: Dependencies,
): Promise<void> {
  const now = clock().toISOString();
  const failure = `${registration.steps[place]?.name}: ${describe(cause)}`;
  const steps = withStep(registration.steps, place, { status: 'FAILED', finishedAt: now });
  const { tenantId } = tenant;
  const audit = auditEntry({ actor: 'system', action: 'failRegistration', tenantId, detail: { failure } }, clock);
  const outcome = await transact(documents, [
    registrationUpdate(tables.REGISTRATIONS_TABLE, registration, { status: 'FAILED', steps, failure, now }),
    tenantUpdate(tables.TENANTS_TABLE, tenantId, { status: 'FAILED', failure, now }),
    { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
  ]);
  if (outcome.written) metrics.addMetric('RegistrationsFailed', MetricUnit.Count, 1);
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : String(cause);
}
