import type { StartRolloutInput, UserError } from '../../generated/control-plane.ts';
import { invalidInput, problems } from '../layer/input-checks.ts';

const mostParallel = 20;
const mostFailures = 1000;
const defaultParallel = 4;

/** A rollout as it was asked for, with all that was left to us. */
export interface RolloutOrder {
  readonly release: string;
  readonly approveWaves: NonNullable<StartRolloutInput['approveWaves']>;
  readonly maxParallel: number;
  readonly tolerateFailures: number;
}

export function orderOf({ release, approveWaves, maxParallel, tolerateFailures }: StartRolloutInput): RolloutOrder {
  return {
    release,
    approveWaves: [...new Set(approveWaves ?? [])].sort(),
    maxParallel: maxParallel ?? defaultParallel,
    tolerateFailures: tolerateFailures ?? 0,
  };
}

export function checkStart({ clientToken }: StartRolloutInput, order: RolloutOrder): UserError[] {
  return problems(
    /^[\w.-]{8,64}$/.test(clientToken)
      ? null
      : invalidInput('clientToken', 'is not 8 to 64 letters, digits, hyphens, dots or underscores'),
    /^[\w.-]{1,64}$/.test(order.release) ? null : invalidInput('release', 'is no id of a release'),
    checkCount('maxParallel', order.maxParallel, 1, mostParallel),
    checkCount('tolerateFailures', order.tolerateFailures, 0, mostFailures),
  );
}

function checkCount(field: string, value: number, least: number, most: number) {
  if (value >= least && value <= most) return null;
  return invalidInput(field, `is ${value}, expected ${least} to ${most}`);
}
