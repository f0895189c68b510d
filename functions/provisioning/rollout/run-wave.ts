import { nextTask } from '../../layer/rollouts/next-task.ts';
import { isSettled, lastWave, waveOf } from '../../layer/rollouts/rollout.ts';
import { finishWave, settleEarly, startWave } from '../../layer/rollouts/wave-steps.ts';
import { joinLateStacks } from './join-late-stacks.ts';
import { changeBuild, readBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';
import { watchAlarms } from './watch-alarms.ts';
import { workThrough } from './work-through.ts';

/** `DONE`: the pipeline may go on to the next wave. `ENDED`: the rollout has ended here, and the wave is back where it was. */
export type WaveResult = 'DONE' | 'ENDED';

/**
 * Does one wave of a rollout, or what is left of it: every stack updated and checked, their alarms watched; or, where that may not
 * be, the wave brought back. All progress is in the rollout's item, so a build that is killed anywhere is taken up by the next.
 */
export async function runWave(build: WaveBuild, dependencies: WaveDependencies): Promise<WaveResult> {
  const rollout = await readBuild(build, dependencies);
  const { status } = waveOf(rollout, build.wave);
  if (status === 'SUCCEEDED' || status === 'SKIPPED') return isSettledEarly(rollout) ? 'ENDED' : 'DONE';
  if (isSettled(rollout)) return 'ENDED';

  await begin(build, dependencies);
  for (;;) {
    await workThrough(build, dependencies);
    if (await watchAlarms(build, dependencies)) continue;
    if (build.wave === lastWave && (await joinLateStacks(build, dependencies))) continue;
    const result = await finish(build, dependencies);
    if (result) return result;
  }
}

function isSettledEarly({ status }: { readonly status: string }): boolean {
  return status === 'HALTED' || status === 'ABORTED';
}

async function begin(build: WaveBuild, dependencies: WaveDependencies): Promise<void> {
  const now = dependencies.clock().toISOString();
  await changeBuild(
    build,
    (rollout) =>
      waveOf(rollout, build.wave).status === 'PENDING' && !rollout.ending
        ? { rollout: startWave(rollout, build.wave, now) }
        : undefined,
    dependencies,
  );
}

/** Undefined if an abortion came between: then there is more to do. */
async function finish(build: WaveBuild, dependencies: WaveDependencies): Promise<WaveResult | undefined> {
  const now = dependencies.clock().toISOString();
  let result: WaveResult | undefined;
  await changeBuild(
    build,
    (rollout) => {
      const left = nextTask(rollout, build.wave, new Set()) !== undefined;
      result = left ? undefined : rollout.ending ? 'ENDED' : 'DONE';
      if (!result) return undefined;
      return { rollout: result === 'ENDED' ? settleEarly(rollout, now) : finishWave(rollout, build.wave, now) };
    },
    dependencies,
  );
  return result;
}
