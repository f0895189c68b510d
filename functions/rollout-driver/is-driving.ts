import type { RolloutItem } from '../layer/rollouts/rollout.ts';
import type { Change } from '../layer/stream.ts';

/** Whether a change of Rollouts is one after which something is to be done outside of it; what a build writes seldom is. */
export function isDriving({ before, after }: Change): boolean {
  if (after?.['listing'] !== 'ROLLOUT') return false;
  return (
    before === undefined || mattersOf(before as unknown as RolloutItem) !== mattersOf(after as unknown as RolloutItem)
  );
}

function mattersOf({ attempt, executionId, ending, waves }: RolloutItem): string {
  return JSON.stringify([attempt, executionId, ending, waves.map(({ approvedBy }) => approvedBy ?? null)]);
}
