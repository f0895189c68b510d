import type { Registration } from '../../generated/control-plane.ts';
import type { RegistrationItem } from './registry.ts';

/** A registration as whoever holds its id may see it: without the administrator's name and address. */
export function toRegistration(item: RegistrationItem): Registration {
  return {
    id: item.registrationId,
    tenantId: item.tenantId,
    companyName: item.companyName,
    slug: item.slug,
    tier: item.tier,
    status: item.status,
    steps: item.steps.map(({ name, status, startedAt, finishedAt }) => ({
      name,
      status,
      startedAt: startedAt ?? null,
      finishedAt: finishedAt ?? null,
    })),
    failure: item.failure ?? null,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
  };
}
