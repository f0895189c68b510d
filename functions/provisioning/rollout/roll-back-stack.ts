import { type RolloutItem, stackOf } from '../../layer/rollouts/rollout.ts';
import { failRollback, finishRollback, startRollback } from '../../layer/rollouts/stack-steps.ts';
import { beginRun, StackBusyError } from './begin-run.ts';
import { causeOf } from './update-stack.ts';
import { changeBuild, readBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** Brings one stack of the wave back to the release that it had before, by a run of its own; writes down how that went. */
export async function rollBackStack(build: WaveBuild, tenantId: string, dependencies: WaveDependencies): Promise<void> {
  const { wave } = build;
  const record = (change: (rollout: RolloutItem) => RolloutItem) =>
    changeBuild(build, (rollout) => ({ rollout: change(rollout) }), dependencies);
  const fail = (cause: string) => record((rollout) => failRollback(rollout, wave, tenantId, cause));

  const { fromRelease, rollbackRunId } = stackOf(await readBuild(build, dependencies), wave, tenantId);
  if (fromRelease === undefined) {
    await fail('it had no release before');
    return;
  }
  try {
    const runId =
      rollbackRunId ??
      (await beginRun(
        build,
        { tenantId, release: fromRelease },
        (rollout, id) => startRollback(rollout, wave, tenantId, id),
        dependencies,
      ));
    if (runId === undefined) return;
    const run = await dependencies.performRun(runId);
    await (run.status === 'SUCCEEDED'
      ? record((rollout) => finishRollback(rollout, wave, tenantId))
      : fail(causeOf(run)));
  } catch (error) {
    if (!(error instanceof StackBusyError)) throw error;
    await fail(error.message);
  }
}
