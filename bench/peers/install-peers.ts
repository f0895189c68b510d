import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['bench/peers', 'bench/peers/amplify'];

/** Installs the peers' packages, which nothing else of the project needs, where they are missing or not those of the lock files. */
export function installPeers(say: (line: string) => void): void {
  for (const folder of folders) {
    const stamp = join(folder, 'node_modules', '.installed');
    const wanted = createHash('sha256')
      .update(readFileSync(join(folder, 'package-lock.json')))
      .digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    say(`Installing the packages of ${folder} (once) …`);
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0)
      throw new Error(
        `npm ci failed in ${folder}; the reason is above. Without --peers the benchmark needs none of them.`,
      );
    writeFileSync(stamp, wanted);
  }
}
