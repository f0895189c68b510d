import type { TenantStackStatus, Wave } from '../../../generated/control-plane.ts';
import { pooledStack } from '../registry.ts';
import { lastWave, type RolloutItem, type StackItem, waveOf, type WaveItem, waveOrder, withWave } from './rollout.ts';

/** What a plan needs of a row of TenantStackMapping. */
export interface PlannedStack {
  readonly tenantId: string;
  readonly wave?: Wave;
  readonly status: TenantStackStatus;
  readonly release?: string;
}

/** The pool is a wave of its own, whatever its row says; a silo without one is among the rest. */
export function waveOfStack({ tenantId, wave }: PlannedStack): Wave {
  if (tenantId === pooledStack) return 'POOLED';
  return wave === undefined || wave === 'POOLED' ? lastWave : wave;
}

/**
 * Whether a rollout has to do with a stack: it is there, and not about to go. One whose creation is under way or failed has
 * nothing to go back to; the last wave looks for it again.
 */
export function canBeRolledOut({ status, release }: PlannedStack): boolean {
  return release !== undefined && status !== 'PROVISIONING' && status !== 'DEPROVISIONING';
}

/** The waves of a new rollout. One without stacks is left out at once; the last never is, since stacks may yet join it. */
export function planWaves(stacks: readonly PlannedStack[], approveWaves: readonly Wave[]): WaveItem[] {
  const planned = stacks.filter(canBeRolledOut);
  return waveOrder.map((wave) => {
    const members = planned.filter((stack) => waveOfStack(stack) === wave).map(pendingStack);
    const isEmpty = members.length === 0 && wave !== lastWave;
    return {
      wave,
      status: isEmpty ? 'SKIPPED' : 'PENDING',
      needsApproval: !isEmpty && approveWaves.includes(wave),
      stacks: members,
    };
  });
}

/** Stacks that came to be while the rollout ran join its last wave, unless they have its release already. */
export function withLateStacks(rollout: RolloutItem, stacks: readonly PlannedStack[]): RolloutItem {
  const known = new Set(rollout.waves.flatMap((wave) => wave.stacks.map(({ tenantId }) => tenantId)));
  const late = stacks.filter(
    (stack) => canBeRolledOut(stack) && !known.has(stack.tenantId) && stack.release !== rollout.release,
  );
  if (late.length === 0) return rollout;
  return withWave(rollout, lastWave, { stacks: [...waveOf(rollout, lastWave).stacks, ...late.map(pendingStack)] });
}

function pendingStack({ tenantId, release }: PlannedStack): StackItem {
  return { tenantId, status: 'PENDING', ...(release !== undefined && { fromRelease: release }) };
}
