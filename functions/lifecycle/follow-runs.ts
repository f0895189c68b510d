import { isRunSettled, type RunItem } from '../layer/runs/run-item.ts';
import type { Change } from '../layer/stream.ts';
import { withTenant } from '../layer/tenant-context.ts';

export interface RunFollowers {
  start(run: RunItem): Promise<void>;
  advance(registrationId: string): Promise<void>;
}

/**
 * Turns changes of ProvisioningRuns into work: what is requested is started, and an onboarding that waited goes on. A rollout
 * starts its runs itself; one that is tried again later is no longer the rollout's.
 */
export function followRuns({ start, advance }: RunFollowers) {
  return async ({ after }: Change): Promise<void> => {
    if (!after) return;
    const run = after as unknown as RunItem;
    const { tenantId, status, executionId, rolloutId, attempt, registrationId } = run;
    await withTenant({ tenantId }, async () => {
      if (status === 'REQUESTED' && executionId === undefined && (rolloutId === undefined || attempt > 1))
        await start(run);
      if (isRunSettled(run) && registrationId !== undefined) await advance(registrationId);
    });
  };
}
