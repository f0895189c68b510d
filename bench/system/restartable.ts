import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cotenant, copyOfBase, startCotenant } from '../../test/support/start-cotenant.ts';
import { memoryOfTree } from './memory.ts';

/** A system in a folder of its own, which can be started anew. */
export interface Restartable {
  current(): Cotenant;
  restart(): Promise<Cotenant>;
  close(): Promise<void>;
}

export async function openRestartable(): Promise<Restartable> {
  const scratch = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  const folder = (await copyOfBase(scratch)) ?? join(scratch, 'cloud');
  let current = await startCotenant({ folder });
  return {
    current: () => current,
    async restart() {
      await current.stop();
      current = await startCotenant({ folder });
      return current;
    },
    async close() {
      await current.stop();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

/**
 * Resident bytes of a system that has just been started: one that has worked keeps more garbage than what is to be measured.
 * @param calm - milliseconds after which what a start does is over
 */
export async function memoryAfterRestart(system: Restartable, calm: number): Promise<number> {
  const { pid } = await system.restart();
  await sleep(calm);
  return await memoryOfTree(pid);
}
