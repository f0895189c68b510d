import { logger } from '../layer/telemetry.ts';
import { beginOnboarding } from './begin-onboarding.ts';
import { failOnboarding } from './fail-onboarding.ts';
import { isHopeless } from './is-hopeless.ts';
import {
  currentStep,
  type Dependencies,
  type DrivenStepName,
  isSettled,
  readOnboarding,
  type Step,
  waiting,
} from './onboarding.ts';
import { recordSuccess } from './record-success.ts';
import { activate } from './steps/activate.ts';
import { createAdmin } from './steps/create-admin.ts';
import { createGroup } from './steps/create-group.ts';
import { openGate } from './steps/open-gate.ts';
import { provisionStack } from './steps/provision-stack.ts';

const steps: Readonly<Record<DrivenStepName, Step>> = {
  PROVISION_STACK: provisionStack,
  CREATE_GROUP: createGroup,
  CREATE_ADMIN: createAdmin,
  OPEN_GATE: openGate,
  ACTIVATE: activate,
};

/** Twice what an undisturbed onboarding takes; more means that a write is refused again and again. */
const mostPasses = 14;

/**
 * Drives one registration as far as it goes. Each pass reads where it is and does the one next thing; every write has the
 * condition that it is still there. So it can run twice, in parallel with itself, or die at any point and start again.
 *
 * @throws what a step threw, when trying again may help
 */
export function advance(dependencies: Dependencies) {
  return async (registrationId: string): Promise<void> => {
    for (let pass = 1; pass <= mostPasses; pass += 1) {
      const onboarding = await readOnboarding(registrationId, dependencies);
      const { registration } = onboarding;
      const current = currentStep(registration);
      if (isSettled(registration.status) || !current) return;

      if (registration.status === 'REQUESTED') {
        await beginOnboarding(onboarding, dependencies);
        continue;
      }
      try {
        const writes = await stepOf(current.step.name)(onboarding, dependencies);
        if (writes === waiting) return;
        await recordSuccess(onboarding, current.place, writes, dependencies);
      } catch (error) {
        if (!(await isHopeless(error, current.step, onboarding, dependencies))) throw error;
        logger.error('A registration failed', error as Error);
        await failOnboarding(onboarding, current.place, error, dependencies);
      }
    }
    throw new Error(`Registration ${registrationId} is not settled after ${mostPasses} passes`);
  };
}

function stepOf(name: string): Step {
  const step = steps[name as DrivenStepName];
  if (!step) throw new Error(`Step ${name} is not one that can be run; those are ${Object.keys(steps).join(', ')}`);
  return step;
}
