import { nextTask } from '../../layer/rollouts/next-task.ts';
import { rollBackStack } from './roll-back-stack.ts';
import { updateStack } from './update-stack.ts';
import { readBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** Does all that there is to do in the wave now, so many stacks at a time as the rollout says, until nothing is left. */
export async function workThrough(build: WaveBuild, dependencies: WaveDependencies): Promise<void> {
  const busy = new Map<string, Promise<void>>();
  try {
    for (;;) {
      const rollout = await readBuild(build, dependencies);
      while (busy.size < rollout.maxParallel) {
        const task = nextTask(rollout, build.wave, new Set(busy.keys()));
        if (!task) break;
        const { kind, tenantId } = task;
        const work = (kind === 'UPDATE' ? updateStack : rollBackStack)(build, tenantId, dependencies);
        busy.set(
          tenantId,
          work.finally(() => busy.delete(tenantId)),
        );
      }
      if (busy.size === 0) return;
      await Promise.race(busy.values());
    }
  } finally {
    // After a fault in one, the others still come to their own end.
    await Promise.allSettled(busy.values());
  }
}
