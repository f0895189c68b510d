import { aSilo } from '../test/support/provisioning.ts';
import { anOperator } from '../test/support/given.ts';
import { aGoodRelease } from '../test/support/releases.ts';
import { rolloutsOf } from '../test/support/rollouts.ts';
import { startCotenant } from '../test/support/start-cotenant.ts';
import { memoryOfTree } from './system/memory.ts';
import { table } from './report/figures.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

/** Silos are made this many at a time, before anything is measured. */
const together = 5;
const sampled = 500;

/** A rollout of one release to the pool and so many silos: `node bin/run.mjs bench/rollout.ts 50 8` (silos, at a time). */
async function bench(silos: number, maxParallel: number): Promise<void> {
  const cotenant = await startCotenant();
  try {
    const { outputs, pid } = cotenant;
    for (let made = 0; made < silos; made += together) {
      await Promise.all(Array.from({ length: Math.min(together, silos - made) }, () => aSilo(outputs)));
    }
    const release = await aGoodRelease(outputs);
    const rollouts = rolloutsOf(outputs, await anOperator(outputs));
    const before = await memoryOfTree(pid);
    let peak = before;
    const watching = setInterval(() => {
      void memoryOfTree(pid).then((bytes) => {
        peak = Math.max(peak, bytes);
      });
    }, sampled);
    const from = performance.now();
    const { id } = await rollouts.begin({ release, maxParallel });
    const { status, failure } = await rollouts.settled(id);
    const seconds = (performance.now() - from) / 1000;
    clearInterval(watching);
    if (status !== 'SUCCEEDED') throw new Error(`The rollout ended ${status}: ${failure}`);
    const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
    process.stdout.write(
      table([
        {
          name: `One release to the pool and ${silos} silos, ${maxParallel} at a time`,
          figure: `${seconds.toFixed(1)} s`,
        },
        { name: 'Memory of all processes before (resident)', figure: megabytes(before) },
        { name: 'Memory of all processes at its peak', figure: megabytes(peak) },
      ]),
    );
  } finally {
    await cotenant.stop();
  }
}

await bench(Number(process.argv[2] ?? 50), Number(process.argv[3] ?? 4));
