/** What happens to a wave as a whole. Each answers the rollout as it is after that. */
import type { Wave, WaveStatus } from '../../../generated/control-plane.ts';
import { lastWave, type RolloutItem, type StackItem, type WaveItem, withWave } from './rollout.ts';

export function waitForApproval(rollout: RolloutItem, wave: Wave): RolloutItem {
  return { ...withWave(rollout, wave, { status: 'WAITING_FOR_APPROVAL' }), status: 'WAITING_FOR_APPROVAL' };
}

export function approveWave(rollout: RolloutItem, wave: Wave, approvedBy: string): RolloutItem {
  return { ...withWave(rollout, wave, { status: 'PENDING', approvedBy }), status: 'RUNNING' };
}

export function startWave(rollout: RolloutItem, wave: Wave, now: string): RolloutItem {
  return withWave(rollout, wave, { status: 'RUNNING', startedAt: now });
}

/** All of the wave is done, and the rollout goes on; or ends, after its last wave. */
export function finishWave(rollout: RolloutItem, wave: Wave, now: string): RolloutItem {
  const finished = withWave(rollout, wave, { status: 'SUCCEEDED', finishedAt: now });
  return wave === lastWave ? { ...finished, status: 'SUCCEEDED', finishedAt: now } : finished;
}

/** Decides that the rollout goes no further. The first reason stays. */
export function endEarly(rollout: RolloutItem, ending: 'HALTED' | 'ABORTED', failure: string): RolloutItem {
  return rollout.ending ? rollout : { ...rollout, ending, failure };
}

/**
 * Ends a rollout that is `ending`, once its wave has been brought back as far as that goes: what was not begun is skipped.
 * A stack that is still said to be under way has lost its build.
 */
export function settleEarly(rollout: RolloutItem, now: string): RolloutItem {
  const { ending } = rollout;
  if (!ending) throw new Error(`Rollout ${rollout.rolloutId} is not ending`);
  return { ...rollout, status: ending, waves: rollout.waves.map((wave) => settledWave(wave, now)), finishedAt: now };
}

function settledWave(wave: WaveItem, now: string): WaveItem {
  const stacks = wave.stacks.map(settledStack);
  if (wave.status === 'RUNNING') return { ...wave, stacks, status: statusOf(stacks), finishedAt: now };
  return wave.status === 'SUCCEEDED' || wave.status === 'SKIPPED' ? wave : { ...wave, stacks, status: 'SKIPPED' };
}

function settledStack(stack: StackItem): StackItem {
  if (stack.status === 'PENDING') return { ...stack, status: 'SKIPPED' };
  if (stack.status !== 'RUNNING') return stack;
  return { ...stack, status: 'FAILED', failure: 'The build that updated it was lost; look at its run', isStuck: true };
}

function statusOf(stacks: readonly StackItem[]): WaveStatus {
  const isBack = stacks.every(
    ({ status, runId }) => status === 'ROLLED_BACK' || status === 'SKIPPED' || (status === 'SUCCEEDED' && !runId),
  );
  return isBack ? 'ROLLED_BACK' : 'FAILED';
}
