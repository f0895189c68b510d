import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyOfBase, startCotenant } from '../../test/support/start-cotenant.ts';
import { untilQuiet } from '../load/until-quiet.ts';
import type { Bench, Section } from '../part.ts';
import { atMost, type Row } from '../report/figures.ts';
import { sectionOfRows } from '../report/section-of-rows.ts';
import { memoryOfTree } from './memory.ts';
import { simplestRows } from './simplest.ts';
import { yardstickRows } from './yardstick.ts';

const sizes = {
  whole: { onboardings: 30, requests: 500, processes: 10, calls: 2000 },
  short: { onboardings: 2, requests: 20, processes: 2, calls: 20 },
};

/** Start, restart, onboarding, memory and the simplest requests. Goals are the project's own. */
export async function system({ quick, say }: Bench): Promise<Section> {
  const scratch = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  const folder = (await copyOfBase(scratch)) ?? join(scratch, 'cloud');
  const flags = { folder, demo: true, apps: !quick };
  if (!quick) await emptyCaches();
  try {
    say('Starting, and starting once more …');
    const first = performance.now();
    const fresh = await startCotenant(flags);
    const start = (performance.now() - first) / 1000;
    await fresh.stop();
    const second = performance.now();
    const cotenant = await startCotenant(flags);
    const restart = (performance.now() - second) / 1000;
    const rows: Row[] = [
      {
        name: quick
          ? 'Start to ready of what was deployed before, without apps'
          : 'Start to ready, nothing cached but packages',
        figure: `${start.toFixed(2)} s`,
        goal: atMost(8, start, ' s'),
      },
      { name: 'Restart to ready', figure: `${restart.toFixed(2)} s`, goal: atMost(4, restart, ' s') },
    ];
    try {
      const samples = quick ? sizes.short : sizes.whole;
      // Before the system has been asked anything that would still be done meanwhile.
      await untilQuiet(cotenant.pid);
      const yardstick = await yardstickRows(cotenant, samples);
      rows.push(...(await simplestRows(cotenant.outputs, samples)));
      const megabytes = (await memoryOfTree(cotenant.pid)) / 1024 / 1024;
      rows.push({
        name: 'Memory of all processes (resident)',
        figure: `${megabytes.toFixed(0)} MB`,
        goal: atMost(700, megabytes, ' MB', 0),
      });
      rows.push(...yardstick);
    } finally {
      await cotenant.stop();
    }
    return sectionOfRows('The system as a whole', rows);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** So that the first start includes the bundles of its own programs, CDK's synth and the build of the three apps. */
async function emptyCaches(): Promise<void> {
  for (const built of ['build', 'assemblies', 'apps'])
    await rm(join(process.cwd(), '.local', built), { recursive: true, force: true });
}
