import type { TransitionItem } from '../../schema/transition.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import type { Dependencies, Progress, Situation } from './dependencies.ts';
import { SourceChangedError } from './move/errors.ts';
import { moveSteps } from './move/steps.ts';
import { pauseWhileHeld, stopped, undoing } from './move/undo.ts';
import { offboardingSteps } from './offboarding/steps.ts';
import { record } from './record.ts';
import { readSituation } from './situation.ts';

/** Milliseconds after which a step that failed is tried again. */
const pause = 30_000;

/**
 * Does the one next thing of one tenant's transition, if it is due. What it read is the condition of what it writes, so it can run
 * twice, in parallel with itself, or die at any point and start again. A step that fails is kept with its cause and tried
 * again later, so that it holds up nobody else's.
 *
 * @returns when there is something to be done next; undefined when the tenant is in no transition (any more)
 */
export function advance(dependencies: Dependencies) {
  return async (tenantId: string): Promise<Date | undefined> => {
    const situation = await readSituation(tenantId, dependencies);
    if (!situation) return undefined;
    const { kind, step, dueAt } = situation.transition;
    if (new Date(dueAt) > dependencies.clock()) return new Date(dueAt);
    try {
      const progress = await run(situation, dependencies);
      const written = await record(situation, progress, dependencies);
      const next = progress.step ?? step;
      logger.info(written ? 'A step was recorded' : 'A step was recorded by another run', { kind, step, next });
      return progress.dueAt ?? dependencies.clock();
    } catch (error) {
      return recordFailure(situation, error, dependencies);
    }
  };
}

async function recordFailure(situation: Situation, error: unknown, dependencies: Dependencies): Promise<Date> {
  const now = dependencies.clock();
  const { step, failingSince = now.toISOString() } = situation.transition;
  logger.error('A step of a transition failed; it is tried again', { step, error: error as Error });
  metrics.addMetric('TransitionStepsFailed', MetricUnit.Count, 1);
  const { transition } = situation;
  const isHeld = transition.kind === 'MOVE' && transition.heldAt !== undefined;
  const undo = transition.kind === 'MOVE' && undoing(transition, error, describe(step, error), now);
  if (undo) {
    await record(situation, undo as Progress, dependencies);
    return now;
  }
  const dueAt = new Date(now.getTime() + (isHeld ? pauseWhileHeld : pause));
  const set = { failure: describe(step, error), failingSince };
  const startsOver = error instanceof SourceChangedError;
  await record(situation, { set: { ...set, ...(startsOver && { cursor: undefined }) }, dueAt }, dependencies);
  return dueAt;
}

function run({ transition, tenant }: Situation, dependencies: Dependencies): Promise<Progress> {
  if (transition.kind === 'MOVE') {
    if (transition.step === 'DONE') throw new Error('A move that is done is still in Transitions, expected none');
    const move = stopped(transition) ?? moveSteps[transition.step]({ transition, tenant }, dependencies);
    return Promise.resolve(move) as Promise<Progress>;
  }
  const step = offboardingSteps[transition.step];
  return step({ transition, tenant }, dependencies) as Promise<Progress>;
}

function describe(step: TransitionItem['step'], error: unknown): string {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `${step}: ${cause}`.slice(0, 500);
}
