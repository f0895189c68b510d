import type { TransitionItem } from '../../schema/transition.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import type { Dependencies, Progress, Situation } from './dependencies.ts';
import { offboardingSteps } from './offboarding/steps.ts';
import { record } from './record.ts';
import { readSituation } from './situation.ts';

/** Milliseconds after which a step that failed is tried again. */
const pause = 30_000;

/**
 * Takes one tenant's transition as far as it goes until `until`. Each pass reads where it is and does the one next thing; every write
 * has the condition that it is still there. So it can run twice, in parallel with itself, or die at any point and start again.
 * A step that fails is kept with its cause and tried again later, so that it holds up nobody else's.
 *
 * @returns when there is something to be done next; undefined when the tenant is in no transition (any more)
 */
export function advance(dependencies: Dependencies) {
  return async (tenantId: string, until: Date): Promise<Date | undefined> => {
    for (;;) {
      const situation = await readSituation(tenantId, dependencies);
      if (!situation) return undefined;
      const dueAt = new Date(situation.transition.dueAt);
      const now = dependencies.clock();
      if (dueAt > now || now > until) return dueAt;
      const progress = await attempt(situation, dependencies);
      const written = await record(situation, progress, dependencies);
      logger.info(written ? 'A step was recorded' : 'A step was recorded by another run', {
        kind: situation.transition.kind,
        step: situation.transition.step,
        next: progress.step,
      });
    }
  };
}

async function attempt(situation: Situation, dependencies: Dependencies): Promise<Progress> {
  const { transition } = situation;
  try {
    return await run(situation, dependencies);
  } catch (error) {
    const now = dependencies.clock();
    const { step, failingSince = now.toISOString() } = transition;
    logger.error('A step of a transition failed; it is tried again', { step, error: error as Error });
    metrics.addMetric('TransitionStepsFailed', MetricUnit.Count, 1);
    return { set: { failure: describe(step, error), failingSince }, dueAt: new Date(now.getTime() + pause) };
  }
}

function run({ transition, tenant }: Situation, dependencies: Dependencies): Promise<Progress> {
  if (transition.kind === 'MOVE') throw new Error('Moves cannot be driven yet');
  const step = offboardingSteps[transition.step];
  return step({ transition, tenant }, dependencies) as Promise<Progress>;
}

function describe(step: TransitionItem['step'], error: unknown): string {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${step}: ${cause}`.slice(0, 500);
}
