/** The items of the Rollouts table, and what is always true of them. */
import type { RolloutStackStatus, RolloutStatus, Wave, WaveStatus } from '../../../generated/control-plane.ts';

/** The order in which waves run. */
export const waveOrder: readonly Wave[] = ['CANARY', 'POOLED', 'EARLY', 'REST'];

/** Where stacks join that are found while the rollout runs. */
export const lastWave: Wave = 'REST';

/** `listing` puts it into the index `listing`, where operators list rollouts, the newest first. */
export interface RolloutItem {
  readonly rolloutId: string;
  readonly listing: 'ROLLOUT';
  readonly release: string;
  readonly status: RolloutStatus;
  readonly waves: readonly WaveItem[];
  /** Set as soon as it is decided that the rollout goes no further; its wave is then being brought back. */
  readonly ending?: 'HALTED' | 'ABORTED';
  readonly failure?: string;
  readonly maxParallel: number;
  /** Stacks that may fail before the rollout halts. */
  readonly tolerateFailures: number;
  readonly startedBy: string;
  /** Counts executions of the pipeline. What an earlier one still writes is refused. */
  readonly attempt: number;
  /** The pipeline's execution of this attempt; absent till it is started. */
  readonly executionId?: string;
  /** Counts writes: each has the condition that none came between. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly finishedAt?: string;
}

export interface WaveItem {
  readonly wave: Wave;
  readonly status: WaveStatus;
  readonly needsApproval: boolean;
  readonly approvedBy?: string;
  readonly stacks: readonly StackItem[];
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

export interface StackItem {
  readonly tenantId: string;
  readonly status: RolloutStackStatus;
  /** The release to go back to. */
  readonly fromRelease?: string;
  readonly failure?: string;
  readonly runId?: string;
  /** The run that brings it back. */
  readonly rollbackRunId?: string;
  /** Bringing it back was tried and failed: only a person can help. */
  readonly isStuck?: true;
  readonly startedAt?: string;
}

/** Beside them: makes a client token name one rollout for ever. */
export interface RolloutTokenItem {
  readonly rolloutId: string;
  readonly names: string;
  /** A hash of the input, to tell a repeated call from a reused token. */
  readonly fingerprint: string;
}

export function rolloutTokenKey(clientToken: string): string {
  return `TOKEN#${clientToken}`;
}

/** Beside them, one: names the rollout that is under way. Only who can write it may start one. */
export interface ActiveRolloutItem {
  readonly rolloutId: typeof activeRolloutKey;
  readonly names: string;
}

export const activeRolloutKey = 'ACTIVE';

/** Whether nothing remains to be done. */
export function isSettled({ status }: Pick<RolloutItem, 'status'>): boolean {
  return status !== 'RUNNING' && status !== 'WAITING_FOR_APPROVAL';
}

/** Whether a wave has begun and is not done: its stacks are being updated or, where the rollout is ending, brought back. */
export function isUnderWay({ waves }: Pick<RolloutItem, 'waves'>): boolean {
  return waves.some(({ status }) => status === 'RUNNING');
}

export function waveOf(rollout: RolloutItem, wave: Wave): WaveItem {
  const found = rollout.waves.find((item) => item.wave === wave);
  if (!found) throw new Error(`Rollout ${rollout.rolloutId} has no wave ${wave}`);
  return found;
}

export function withWave(rollout: RolloutItem, wave: Wave, change: Partial<WaveItem>): RolloutItem {
  return { ...rollout, waves: rollout.waves.map((item) => (item.wave === wave ? { ...item, ...change } : item)) };
}

export function stackOf(rollout: RolloutItem, wave: Wave, tenantId: string): StackItem {
  const found = waveOf(rollout, wave).stacks.find((stack) => stack.tenantId === tenantId);
  if (!found) throw new Error(`Wave ${wave} of rollout ${rollout.rolloutId} has no stack of ${tenantId}`);
  return found;
}

export function withStack(rollout: RolloutItem, wave: Wave, tenantId: string, change: Partial<StackItem>): RolloutItem {
  const stacks = waveOf(rollout, wave).stacks.map((stack) =>
    stack.tenantId === tenantId ? { ...stack, ...change } : stack,
  );
  return withWave(rollout, wave, { stacks });
}
