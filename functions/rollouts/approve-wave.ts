import type { MutationApproveWaveArgs } from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import { type RolloutItem, waveOf, type WaveItem } from '../layer/rollouts/rollout.ts';
import { changeRollout, readRollout } from '../layer/rollouts/rollout-store.ts';
import { toRollout } from '../layer/rollouts/to-rollout.ts';
import { approveWave as approved } from '../layer/rollouts/wave-steps.ts';
import {
  type AdminCall,
  adminOf,
  type Dependencies,
  noSuchRollout,
  refuse,
  type RolloutPayload,
} from './dependencies.ts';

/** Lets the wave begin that waits for a person. The stream of Rollouts tells the pipeline (functions/rollout-driver). */
export function approveWave(dependencies: Dependencies) {
  const { tables, clock } = dependencies;
  return async (call: AdminCall<MutationApproveWaveArgs>): Promise<RolloutPayload> => {
    const admin = adminOf(call);
    const { rolloutId, wave } = call.arguments.input;
    if (!(await readRollout(rolloutId, dependencies))) return noSuchRollout;
    let refusal: string | undefined;
    const entry = auditEntry({ actor: admin, action: 'approveWave', detail: { rolloutId, wave } }, clock);
    const rollout = await changeRollout(
      rolloutId,
      (before) => {
        refusal = obstacleTo(before, waveOf(before, wave));
        if (refusal !== undefined) return undefined;
        return {
          rollout: approved(before, wave, admin.email),
          also: [{ Put: { TableName: tables.AUDIT_LOG_TABLE, Item: entry } }],
        };
      },
      dependencies,
    );
    if (refusal !== undefined) return refuse('INVALID_STATE', 'wave', refusal);
    return { rollout: toRollout(rollout), userErrors: [] };
  };
}

function obstacleTo(rollout: RolloutItem, { wave, status, approvedBy, needsApproval }: WaveItem): string | undefined {
  if (approvedBy !== undefined) return `Wave ${wave} was approved already, by ${approvedBy}`;
  if (rollout.ending) return `The rollout is ending: ${rollout.failure ?? rollout.ending}`;
  if (status === 'WAITING_FOR_APPROVAL') return undefined;
  const waiting = rollout.waves.find((other) => other.status === 'WAITING_FOR_APPROVAL')?.wave ?? 'none';
  const asks = needsApproval ? '' : ' and was started without approval';
  return `Wave ${wave} is ${status}${asks}; the wave that waits for approval is ${waiting}`;
}
