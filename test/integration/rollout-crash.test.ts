import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anOperator } from '../support/given.ts';
import { aSilo } from '../support/provisioning.ts';
import { aGoodRelease } from '../support/releases.ts';
import { rolloutsOf } from '../support/rollouts.ts';
import { startCotenant } from '../support/start-cotenant.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cotenant-rollout-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const kills = 3;

test(`a rollout whose host is killed ${kills} times ends as if it had not been`, async () => {
  let cotenant = await startCotenant({ folder });
  const silos = await Promise.all([aSilo(cotenant.outputs), aSilo(cotenant.outputs)]);
  const release = await aGoodRelease(cotenant.outputs);
  const open = async () => rolloutsOf(cotenant.outputs, await anOperator(cotenant.outputs));
  let rollouts = await open();
  const { id } = await rollouts.begin({ release });
  for (let kill = 1; kill <= kills; kill += 1) {
    // Each at another place of the work.
    await sleep(500 + 900 * kill);
    await cotenant.kill();
    cotenant = await startCotenant({ folder });
    rollouts = await open();
  }
  expect(await rollouts.settled(id)).toMatchObject({ status: 'SUCCEEDED' });
  const releases = await rollouts.releases();
  for (const tenantId of ['pooled', ...silos.map((silo) => silo.tenantId)]) expect(releases[tenantId]).toBe(release);
  await cotenant.stop();
}, 600_000);
