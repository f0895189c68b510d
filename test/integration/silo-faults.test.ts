import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { brokenBuilds } from './faults/builds.ts';
import { strangeEvents } from './faults/events.ts';
import { killedHosts } from './faults/kills.ts';
import { siloRemoval } from './faults/removal.ts';
import { manyAtOnce } from './faults/together.ts';

let folder: string;
let cotenant: Cotenant;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cotenant-silo-faults-'));
  cotenant = await startCotenant({ folder });
}, 180_000);
afterAll(async () => {
  await cotenant.stop();
  await rm(folder, { recursive: true, force: true });
});

const scene = { outputs: () => cotenant.outputs, folder: () => folder };

killedHosts({
  outputs: scene.outputs,
  killAndRestart: async () => {
    await cotenant.kill();
    cotenant = await startCotenant({ folder });
  },
});
brokenBuilds(scene);
strangeEvents(scene);
siloRemoval(scene);
manyAtOnce(scene);
