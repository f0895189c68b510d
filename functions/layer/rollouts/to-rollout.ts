import type { Rollout, RolloutStack, RolloutWave } from '../../../generated/control-plane.ts';
import type { RolloutItem, StackItem, WaveItem } from './rollout.ts';

/** A rollout as the API shows it. */
export function toRollout(item: RolloutItem): Rollout {
  return {
    id: item.rolloutId,
    release: item.release,
    status: item.status,
    waves: item.waves.map(toWave),
    failure: item.failure ?? null,
    startedBy: item.startedBy,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    finishedAt: item.finishedAt ?? null,
  };
}

function toWave({ wave, status, needsApproval, approvedBy, stacks, startedAt, finishedAt }: WaveItem): RolloutWave {
  return {
    wave,
    status,
    needsApproval,
    approvedBy: approvedBy ?? null,
    stacks: stacks.map(toStack),
    startedAt: startedAt ?? null,
    finishedAt: finishedAt ?? null,
  };
}

function toStack({ tenantId, status, fromRelease, failure, runId }: StackItem): RolloutStack {
  return {
    tenantId,
    status,
    fromRelease: fromRelease ?? null,
    failure: failure ?? null,
    runId: runId ?? null,
  };
}
