import type { ProvisioningRun } from '../../../generated/control-plane.ts';
import type { RunItem } from './run-item.ts';

/** A run as operators see it. */
export function toProvisioningRun(run: RunItem): ProvisioningRun {
  return {
    id: run.runId,
    tenantId: run.tenantId,
    action: run.action,
    release: run.release,
    status: run.status,
    attempt: run.attempt,
    steps: run.steps.map(({ name, status, startedAt, finishedAt, message }) => ({
      name,
      status,
      startedAt: startedAt ?? null,
      finishedAt: finishedAt ?? null,
      message: message ?? null,
    })),
    failure: run.failure ?? null,
    failedStep: run.failedStep ?? null,
    logTail: [...run.logTail],
    executionId: run.executionId ?? null,
    rolloutId: run.rolloutId ?? null,
    createdAt: run.createdAt,
    startedAt: run.startedAt ?? null,
    finishedAt: run.finishedAt ?? null,
    updatedAt: run.updatedAt,
  };
}
