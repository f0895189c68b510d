import type { RegistrationItem } from '../layer/registry.ts';
import type { Change } from '../layer/stream.ts';
import { withTenant } from '../layer/tenant-context.ts';
import { isSettled } from './onboarding.ts';

/** Turns changes of Registrations into work: those that are under way, and not what else the table holds. */
export function followRegistrations(advance: (registrationId: string) => Promise<void>) {
  return async ({ after }: Change): Promise<void> => {
    if (!after || !Array.isArray(after['steps'])) return;
    const { registrationId, tenantId, tier, status } = after as unknown as RegistrationItem;
    if (isSettled(status)) return;
    await withTenant({ tenantId, tier }, () => advance(registrationId));
  };
}
