import type { Rollout } from '../../../generated/control-plane.ts';

/** A rollout in the Rollouts table. What has no `listing` there is a client token, or says which rollout is under way. */
export type StoredRollout = Omit<Rollout, 'id'> & { readonly rolloutId: string; readonly listing: 'ROLLOUT' };

export function toRollout(item: StoredRollout): Rollout {
  return {
    id: item.rolloutId,
    release: item.release,
    status: item.status,
    waves: item.waves,
    failure: item.failure ?? null,
    startedBy: item.startedBy,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
    finishedAt: item.finishedAt ?? null,
  };
}

export function isRollout(item: StoredRollout | null | undefined): item is StoredRollout {
  return item?.listing === 'ROLLOUT';
}
