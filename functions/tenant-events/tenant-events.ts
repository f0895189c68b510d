import { sbtEvent, type SbtEvent, type SbtEventName } from '../layer/events/sbt-event.ts';
import { pooledStack, type TenantItem } from '../layer/registry.ts';
import type { Change } from '../layer/stream.ts';

/**
 * What the bus is told of a change of a tenant. Suspending and activating is one transaction, so its request and its success are told
 * together; a tenant of the pool has no run that tells of its provisioning, so it is told with the end of its onboarding.
 */
export function tenantEventsOf({ before, after }: Change): SbtEvent[] {
  if (after?.['listing'] !== 'TENANT') return [];
  const tenant = after as unknown as TenantItem;
  const was = before as unknown as TenantItem | undefined;
  const id = { tenantId: tenant.tenantId, tenantRegistrationId: tenant.registrationId };
  return namesOf(was, tenant).map((name) =>
    sbtEvent(name, `${tenant.tenantId}-${tenant.version}`, { ...id, ...detailOf(name, tenant) }),
  );
}

function namesOf(before: TenantItem | undefined, after: TenantItem): SbtEventName[] {
  if (!before) return ['onboardingRequest'];
  if (before.status === after.status) {
    const failed = after.offboarding?.failure && !before.offboarding?.failure;
    return failed ? inPool('deprovisionFailure', 'offboardingFailure', after) : [];
  }
  const wasOnboarding = before.status === 'REQUESTED' || before.status === 'PROVISIONING';
  switch (after.status) {
    case 'ACTIVE':
      return wasOnboarding
        ? inPool('provisionSuccess', 'onboardingSuccess', after)
        : ['activateRequest', 'activateSuccess'];
    case 'FAILED':
      return wasOnboarding ? inPool('provisionFailure', 'onboardingFailure', after) : [];
    case 'SUSPENDED':
      return ['deactivateRequest', 'deactivateSuccess'];
    case 'OFFBOARDING':
      return ['offboardingRequest'];
    case 'OFFBOARDED':
      return inPool('deprovisionSuccess', 'offboardingSuccess', after);
    default:
      return [];
  }
}

function inPool(ofPool: SbtEventName, always: SbtEventName, { stack }: TenantItem): SbtEventName[] {
  return stack === pooledStack ? [ofPool, always] : [always];
}

function detailOf(name: SbtEventName, tenant: TenantItem): Readonly<Record<string, unknown>> {
  if (name === 'offboardingRequest')
    return { ...tenantData(tenant), ...registrationData(tenant), sbtaws_active: false };
  if (name.endsWith('Request')) return { ...tenantData(tenant), ...registrationData(tenant) };
  if (name.endsWith('Failure')) {
    const cause = tenant.offboarding?.failure ?? tenant.failure;
    return { jobOutput: { status: 'FAILED', cause } };
  }
  return { jobOutput: { tenantData: tenantData(tenant), tenantRegistrationData: registrationData(tenant) } };
}

/** The tenant's attributes under the names that SBT gives them; what it has no name for under our own. */
function tenantData({ name, adminEmail, tier, slug, deployment, stack, status }: TenantItem) {
  return { tenantName: name, email: adminEmail, tier, slug, deployment, stack, tenantStatus: status };
}

function registrationData({ status }: TenantItem) {
  return { registrationStatus: status };
}
