import { waveOf, type StackItem } from '../../layer/rollouts/rollout.ts';
import { failStack } from '../../layer/rollouts/stack-steps.ts';
import { stackNameOf } from '../../layer/runs/run-item.ts';
import { changeBuild, type RaisedAlarm, readBuild, type WaveBuild, type WaveDependencies } from './wave-build.ts';

/** How often the alarms are looked at, in milliseconds. */
const interval = 5000;

/**
 * Watches the alarms of the stacks that the wave has updated, once at least. An alarm that was raised since a stack's update began
 * makes that stack a failed one. Answers whether there was any.
 */
export async function watchAlarms(build: WaveBuild, dependencies: WaveDependencies): Promise<boolean> {
  const { clock, watchFor, raisedAlarms, sleep } = dependencies;
  const end = clock().getTime() + watchFor;
  for (;;) {
    const rollout = await readBuild(build, dependencies);
    const updated = waveOf(rollout, build.wave).stacks.filter(
      ({ status, runId }) => status === 'SUCCEEDED' && runId !== undefined,
    );
    if (updated.length === 0 || rollout.ending) return false;
    const alarms = await raisedAlarms();
    const struck = updated.flatMap((stack) => {
      const alarm = alarms.find((raised) => isOf(raised, stack));
      return alarm ? [{ ...stack, cause: `Alarm ${alarm.name}: ${alarm.reason}` }] : [];
    });
    for (const { tenantId, cause } of struck) {
      await changeBuild(
        build,
        (current) => ({ rollout: failStack(current, build.wave, tenantId, cause) }),
        dependencies,
      );
    }
    if (struck.length > 0) return true;
    const left = end - clock().getTime();
    if (left <= 0) return false;
    await sleep(Math.min(interval, left));
  }
}

function isOf({ name, since }: RaisedAlarm, { tenantId, startedAt }: StackItem): boolean {
  return name.startsWith(`${stackNameOf(tenantId)}-`) && since.getTime() >= Date.parse(startedAt ?? '');
}
