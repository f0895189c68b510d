import type { MutationAbortRolloutArgs } from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import { checkText, problems, tidy } from '../layer/input-checks.ts';
import { isSettled, type RolloutItem } from '../layer/rollouts/rollout.ts';
import { changeRollout, readRollout } from '../layer/rollouts/rollout-store.ts';
import { toRollout } from '../layer/rollouts/to-rollout.ts';
import { endEarly } from '../layer/rollouts/wave-steps.ts';
import {
  type AdminCall,
  adminOf,
  type Dependencies,
  noSuchRollout,
  refuse,
  type RolloutPayload,
} from './dependencies.ts';

/**
 * Decides that a rollout ends. A wave that runs is brought back first, by its own build; the rollout is ABORTED after that.
 * Safe to repeat.
 */
export function abortRollout(dependencies: Dependencies) {
  const { tables, clock } = dependencies;
  return async (call: AdminCall<MutationAbortRolloutArgs>): Promise<RolloutPayload> => {
    const admin = adminOf(call);
    const { rolloutId } = call.arguments.input;
    const reason = tidy(call.arguments.input.reason ?? '');
    const userErrors = problems(checkText('reason', reason, { shortest: 0, longest: 300 }));
    if (userErrors.length > 0) return { rollout: null, userErrors };
    if (!(await readRollout(rolloutId, dependencies))) return noSuchRollout;

    const failure = `Aborted by ${admin.email}${reason === '' ? '' : `: ${reason}`}`;
    const detail = { rolloutId, reason };
    const entry = auditEntry({ actor: admin, action: 'abortRollout', detail }, clock);
    const rollout = await changeRollout(
      rolloutId,
      (before) => {
        if (isSettled(before) || before.ending) return undefined;
        return {
          rollout: endEarly(before, 'ABORTED', failure),
          also: [{ Put: { TableName: tables.AUDIT_LOG_TABLE, Item: entry } }],
        };
      },
      dependencies,
    );
    if (isOver(rollout)) {
      return refuse('INVALID_STATE', 'rolloutId', `The rollout is ${rollout.status}: there is nothing to abort`);
    }
    return { rollout: toRollout(rollout), userErrors: [] };
  };
}

function isOver(rollout: RolloutItem): boolean {
  return isSettled(rollout) && rollout.status !== 'ABORTED';
}
