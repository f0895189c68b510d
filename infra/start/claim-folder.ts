import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../local/errors.ts';

/** Only one cloud at a time may work on a folder. Answers how to give the folder back. */
export function claimFolder(folder: string): () => void {
  const file = join(folder, 'pid');
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isRunning(owner)) {
    throw new SetupError(
      `A local cloud is running on ${folder} already (process ${owner}). Stop it first, or start with --ephemeral --port 0.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** Signal 0 only asks. A process of that number that is no Node.js program has got the number of one that was killed. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const command = `/proc/${pid}/cmdline`;
  return !existsSync(command) || readFileSync(command, 'utf8').includes('node');
}
