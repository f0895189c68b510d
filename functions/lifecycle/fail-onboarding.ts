import { auditEntry } from '../layer/audit-entry.ts';
import { emailClaim, slugClaim } from '../layer/registry.ts';
import { metrics, MetricUnit } from '../layer/telemetry.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import type { Dependencies, Onboarding } from './onboarding.ts';
import { registrationUpdate, tenantUpdate, withStep } from './record.ts';

/**
 * Ends a registration as FAILED, with its cause, and gives back what it claimed, so that the company can try again under
 * the same name. The address stays claimed once it has an account with the tenant.
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
  const { tenantId, slug, stack, adminEmail } = tenant;
  const hasAccount = registration.steps.some(({ name, status }) => name === 'CREATE_ADMIN' && status === 'SUCCEEDED');

  const outcome = await transact(documents, [
    registrationUpdate(tables.REGISTRATIONS_TABLE, registration, { status: 'FAILED', steps, failure, now }),
    tenantUpdate(tables.TENANTS_TABLE, tenantId, { status: 'FAILED', failure, now }),
    release(tables.TENANTS_TABLE, slugClaim(slug), tenantId),
    ...(hasAccount ? [] : [release(tables.TENANTS_TABLE, emailClaim(stack, adminEmail), tenantId)]),
    {
      Put: {
        TableName: tables.AUDIT_LOG_TABLE,
        Item: auditEntry({ actor: 'system', action: 'failRegistration', tenantId, detail: { failure } }, clock),
      },
    },
  ]);
  if (outcome.written) metrics.addMetric('RegistrationsFailed', MetricUnit.Count, 1);
}

function release(table: string, claim: string, owner: string): TransactItems[number] {
  return {
    Delete: {
      TableName: table,
      Key: { tenantId: claim },
      ConditionExpression: 'attribute_not_exists(tenantId) OR #owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': owner },
    },
  };
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : String(cause);
}
