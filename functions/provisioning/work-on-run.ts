import type { RunStepName } from '../layer/runs/run-item.ts';
import { claimRun, type Recorder } from './recorder.ts';
import { deleteRetained } from './steps/delete-retained.ts';
import { deleteStack } from './steps/delete-stack.ts';
import { deployStack } from './steps/deploy-stack.ts';
import { liftProtection } from './steps/lift-protection.ts';
import { readRelease } from './steps/read-release.ts';
import { register } from './steps/register.ts';
import { smokeCheck } from './steps/smoke-check.ts';
import { unregister } from './steps/unregister.ts';
import type { DoStep, Services } from './work.ts';

const steps: Readonly<Record<RunStepName, DoStep>> = {
  READ_RELEASE: readRelease,
  DEPLOY_STACK: deployStack,
  SMOKE_CHECK: smokeCheck,
  REGISTER: register,
  LIFT_PROTECTION: liftProtection,
  DELETE_STACK: deleteStack,
  DELETE_RETAINED: deleteRetained,
  UNREGISTER: unregister,
};

/**
 * Brings one run to its end, from the first step that has not succeeded. Safe to call again after it was killed anywhere, and
 * for a run that is done.
 *
 * @param worker - names this build, unlike any other
 * @throws NotOursError when another build has the run; what DynamoDB throws when nothing can be recorded
 */
export function workOnRun(services: Services) {
  return async (runId: string, worker: string): Promise<'SUCCEEDED' | 'FAILED'> => {
    const claimed = await claimRun(runId, worker, services);
    if (!('step' in claimed)) return claimed.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
    const { run } = claimed;
    claimed.log(`${run.action} ${claimed.stackName} with release ${run.release}, attempt ${run.attempt}`);
    for (const [place, { name, status }] of run.steps.entries()) {
      if (status !== 'SUCCEEDED' && !(await doStep(claimed, place, name))) return 'FAILED';
    }
    await claimed.succeed();
    return 'SUCCEEDED';
  };
}

async function doStep(recorder: Recorder, place: number, name: RunStepName): Promise<boolean> {
  const now = () => recorder.services.clock().toISOString();
  const startedAt = recorder.run.steps[place]?.startedAt ?? now();
  recorder.log(`${name} …`);
  await recorder.step(place, { status: 'RUNNING', startedAt });
  let message: string;
  try {
    message = await steps[name](recorder);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotOursError') throw error;
    const failure = describe(error);
    recorder.log(`${name} failed: ${failure}`);
    await recorder.step(place, { status: 'FAILED', finishedAt: now(), message: failure });
    await recorder.fail(place, failure);
    return false;
  }
  recorder.log(`${name}: ${message}`);
  await recorder.step(place, { status: 'SUCCEEDED', finishedAt: now(), message });
  return true;
}

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 1000);
}
