import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectFolder } from '../constructs/bundle.ts';

/** Git's id of the commit that is checked out, read from its files, which is quicker than asking git; `unknown` without any. */
export function readCommit(): string {
  const dotGit = join(projectFolder, '.git');
  if (!existsSync(dotGit)) return 'unknown';
  // In a worktree it is a file that says where.
  const folder = statSync(dotGit).isDirectory()
    ? dotGit
    : resolve(
        projectFolder,
        readFileSync(dotGit, 'utf8')
          .replace(/^gitdir: /, '')
          .trim(),
      );
  const head = readFileSync(join(folder, 'HEAD'), 'utf8').trim();
  const reference = /^ref: (.+)$/.exec(head)?.[1];
  if (reference === undefined) return isCommit(head) ? head : 'unknown';
  const commonFile = join(folder, 'commondir');
  const common = existsSync(commonFile) ? resolve(folder, readFileSync(commonFile, 'utf8').trim()) : folder;
  const loose = join(common, reference);
  const packed = join(common, 'packed-refs');
  const found = existsSync(loose)
    ? readFileSync(loose, 'utf8').trim()
    : existsSync(packed)
    ? readFileSync(packed, 'utf8')
        .split('\n')
        .find((line) => line.endsWith(` ${reference}`))
        ?.slice(0, 40)
    : undefined;
  return found !== undefined && isCommit(found) ? found : 'unknown';
}

function isCommit(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text);
}
