import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';

/** What is read from tables, lists by pages of twenty. */
export async function askQueries({ ask }: ControlPlane): Promise<void> {
  await ask('Query.registration', { id: 'registration' }, null);
  await ask('Query.tenantRouting', { slug: 'staying' }, null);
  await ask('Query.tiers', {}, null);
  for (const field of ['tenants', 'auditLog', 'tenantStacks', 'releases', 'rollouts'])
    await ask(`Query.${field}`, { first: 20 });
  await ask('Query.tenantUsers', { tenantId: 'staying', first: 20 });
  await ask('Query.provisioningRuns', { tenantId: 'silo', first: 20 });
  await ask('Query.tenant', { id: 'staying' });
  await ask('Query.provisioningRun', { id: 'run-0001' });
  await ask('Query.rollout', { id: 'rollout-0001' });
}
