import type { Wave } from '../../../generated/control-plane.ts';
import { type RolloutItem, type StackItem, waveOf } from './rollout.ts';

export interface Task {
  readonly kind: 'UPDATE' | 'ROLL_BACK';
  readonly tenantId: string;
}

/**
 * The next thing to do in a wave, besides what is `busy` already; undefined where there is nothing, or nothing yet. What a
 * build that died left running is finished first; then failed stacks go back; then new ones are begun or, where the
 * rollout is ending, those that succeeded go back, the last first.
 */
export function nextTask(rollout: RolloutItem, wave: Wave, busy: ReadonlySet<string>): Task | undefined {
  const free = waveOf(rollout, wave).stacks.filter(({ tenantId }) => !busy.has(tenantId));
  const find = (holds: (stack: StackItem) => boolean) => free.find(holds)?.tenantId;
  const findLast = (holds: (stack: StackItem) => boolean) => [...free].reverse().find(holds)?.tenantId;

  const left = find(({ status }) => status === 'RUNNING');
  if (left !== undefined) return { kind: 'UPDATE', tenantId: left };
  const failed = find(({ status, isStuck }) => status === 'FAILED' && !isStuck);
  if (failed !== undefined) return { kind: 'ROLL_BACK', tenantId: failed };
  if (rollout.ending) {
    const updated = findLast(({ status, runId }) => status === 'SUCCEEDED' && runId !== undefined);
    return updated === undefined ? undefined : { kind: 'ROLL_BACK', tenantId: updated };
  }
  const pending = find(({ status }) => status === 'PENDING');
  return pending === undefined ? undefined : { kind: 'UPDATE', tenantId: pending };
}
