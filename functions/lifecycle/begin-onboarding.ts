import { transact } from '../layer/transact.ts';
import { currentStep, type Dependencies, type Onboarding } from './onboarding.ts';
import { registrationUpdate, tenantUpdate, withStep } from './record.ts';

/** REQUESTED → PROVISIONING. Does nothing if another run was quicker. */
export async function beginOnboarding({ registration, tenant }: Onboarding, dependencies: Dependencies): Promise<void> {
  const { documents, tables, clock } = dependencies;
  const now = clock().toISOString();
  const place = currentStep(registration)?.place ?? 0;
  const steps = withStep(registration.steps, place, { status: 'RUNNING', startedAt: now });
  await transact(documents, [
    registrationUpdate(tables.REGISTRATIONS_TABLE, registration, { status: 'PROVISIONING', steps, now }),
    tenantUpdate(tables.TENANTS_TABLE, tenant.tenantId, { status: 'PROVISIONING', now }),
  ]);
}
