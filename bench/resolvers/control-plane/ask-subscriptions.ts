import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';

/** What is followed, and the publications that it is followed by. */
export async function askSubscriptions({ ask }: ControlPlane): Promise<void> {
  await ask('Subscription.onRegistrationProgress', { id: 'registration' }, null);
  await ask('Subscription.onProvisioningProgress', { tenantId: 'silo' });
  for (const field of ['onTenantChanged', 'onRolloutChanged']) await ask(`Subscription.${field}`);
  const input = { id: 'staying', updatedAt: '2026-01-01T00:00:00.000Z' };
  for (const field of ['publishRegistration', 'publishProvisioningRun', 'publishRollout', 'publishTenant'])
    await ask(`Mutation.${field}`, { input }, null);
}
