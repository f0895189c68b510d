import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a run of the tests keeps its bases: `test/support/run.ts` names it, and removes it. */
export const baseVariable = 'COTENANT_TEST_BASE';

const longestStart = 180_000;

/**
 * Copies the state of a system that was deployed once in this run of the tests and then stopped: to start from it takes a quarter of
 * the time of deploying to an empty folder. The first who asks makes it.
 * @param make - deploys to an empty folder and stops
 */
export async function copyBase(base: string, to: string, make: (folder: string) => Promise<void>): Promise<void> {
  const [folder, ready] = [join(base, 'cloud'), join(base, 'ready')];
  if (await isFirst(base, folder)) {
    await make(folder);
    await writeFile(ready, '');
  }
  await untilThere(ready);
  // What the base has logged is none of the copy's.
  await cp(folder, to, { recursive: true, filter: (source) => basename(source) !== 'logs' });
}

async function isFirst(base: string, folder: string): Promise<boolean> {
  try {
    await mkdir(base, { recursive: true });
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function untilThere(ready: string): Promise<void> {
  for (const end = Date.now() + longestStart; !existsSync(ready); await sleep(50)) {
    if (Date.now() > end)
      throw new Error(`The base of this run, ${ready}, was not made within ${longestStart / 1000} s`);
  }
}
