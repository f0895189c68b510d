import { type OperatorIdentity, resolveFields } from '../layer/field-call.ts';
import { abortRollout } from './abort-rollout.ts';
import { approveWave } from './approve-wave.ts';
import { adminOf, type AdminCall, type Dependencies } from './dependencies.ts';
import { startRollout } from './start-rollout.ts';

/** One function a field. */
export function resolveRollouts(dependencies: Dependencies) {
  const resolve = resolveFields<OperatorIdentity>({
    startRollout: startRollout(dependencies),
    approveWave: approveWave(dependencies),
    abortRollout: abortRollout(dependencies),
  });
  return async (call: AdminCall<unknown>): Promise<unknown> => {
    adminOf(call);
    return resolve(call);
  };
}
