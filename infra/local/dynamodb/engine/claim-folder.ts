import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Claim {
  /** Notes the engine's process, so that a later start can end it. */
  record(engine: number | undefined): void;
  release(): void;
}

interface Owner {
  readonly host: number;
  readonly engine: number;
}

/**
 * Makes sure that no other engine has the folder's database open: ends one that lost its host, and refuses a folder
 * whose host still runs.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  const path = join(folder, 'engine.json');
  const owner = readOwner(path);
  if (owner && isEngine(owner.engine)) {
    if (owner.host !== process.pid && isAlive(owner.host)) {
      throw new Error(
        `The folder ${folder} is in use by another local cloud, process ${owner.host}: stop that one first`,
      );
    }
    await end(owner.engine);
  }
  return {
    record: (engine) => {
      if (engine !== undefined) writeFileSync(path, JSON.stringify({ host: process.pid, engine } satisfies Owner));
    },
    release: () => rmSync(path, { force: true }),
  };
}

function readOwner(path: string): Owner | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  // A host that was killed while it wrote leaves a part; its engine is the watchdog's then.
  const match = /^\{"host":(\d+),"engine":(\d+)\}$/.exec(text);
  return match ? { host: Number(match[1]), engine: Number(match[2]) } : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Process ids are used again: only one that runs an engine is an engine. */
function isEngine(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--db-path');
  } catch {
    return false;
  }
}

async function end(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 200 && isEngine(pid); attempt += 1) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
    await sleep(5);
  }
}
