import type { ProvisioningRun } from '../../../generated/control-plane.ts';

/** A run in ProvisioningRuns. */
export type StoredRun = Omit<ProvisioningRun, 'id'> & { readonly runId: string };

export function toRun(item: StoredRun): ProvisioningRun {
  return {
    id: item.runId,
    tenantId: item.tenantId,
    action: item.action,
    release: item.release,
    status: item.status,
    attempt: item.attempt,
    steps: item.steps,
    failure: item.failure ?? null,
    failedStep: item.failedStep ?? null,
    logTail: item.logTail,
    executionId: item.executionId ?? null,
    rolloutId: item.rolloutId ?? null,
    createdAt: item.createdAt,
    startedAt: item.startedAt ?? null,
    finishedAt: item.finishedAt ?? null,
    updatedAt: item.updatedAt,
  };
}
