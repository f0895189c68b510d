/** What happens to one stack of a wave. Each answers the rollout as it is after that. */
import type { Wave } from '../../../generated/control-plane.ts';
import { pooledStack } from '../registry.ts';
import { type RolloutItem, stackOf, withStack } from './rollout.ts';

const longestFailure = 300;

export function startStack(
  rollout: RolloutItem,
  wave: Wave,
  tenantId: string,
  runId: string,
  now: string,
): RolloutItem {
  return withStack(rollout, wave, tenantId, { status: 'RUNNING', runId, startedAt: now });
}

export function succeedStack(rollout: RolloutItem, wave: Wave, tenantId: string): RolloutItem {
  return withStack(rollout, wave, tenantId, { status: 'SUCCEEDED' });
}

/** The tenant was removed meanwhile. */
export function skipStack(rollout: RolloutItem, wave: Wave, tenantId: string): RolloutItem {
  return withStack(rollout, wave, tenantId, { status: 'SKIPPED' });
}

/** It is to be brought back now; and so is the wave, if more fails than may. */
export function failStack(rollout: RolloutItem, wave: Wave, tenantId: string, cause: string): RolloutItem {
  const failure = cause.slice(0, longestFailure);
  const failed = withStack(rollout, wave, tenantId, { status: 'FAILED', failure });
  if (failed.ending || !isTooMuch(failed)) return failed;
  return { ...failed, ending: 'HALTED', failure: `${wave}: ${tenantId}: ${failure}` };
}

/** The pool is all its tenants: no tolerance covers it. */
function isTooMuch({ waves, tolerateFailures }: RolloutItem): boolean {
  const failed = waves.flatMap(({ stacks }) => stacks).filter(({ failure }) => failure !== undefined);
  return failed.length > tolerateFailures || failed.some(({ tenantId }) => tenantId === pooledStack);
}

export function startRollback(rollout: RolloutItem, wave: Wave, tenantId: string, rollbackRunId: string): RolloutItem {
  return withStack(rollout, wave, tenantId, { rollbackRunId });
}

export function finishRollback(rollout: RolloutItem, wave: Wave, tenantId: string): RolloutItem {
  return withStack(rollout, wave, tenantId, { status: 'ROLLED_BACK' });
}

export function failRollback(rollout: RolloutItem, wave: Wave, tenantId: string, cause: string): RolloutItem {
  const before = stackOf(rollout, wave, tenantId).failure;
  const failure = `${before === undefined ? '' : `${before}; `}not brought back: ${cause}`.slice(0, 2 * longestFailure);
  return withStack(rollout, wave, tenantId, { status: 'FAILED', failure, isStuck: true });
}
