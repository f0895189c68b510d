import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Files below a folder that match one of the patterns and no excluded one, by their paths within it. Links are left out. */
export async function matchFiles(
  folder: string,
  patterns: readonly string[],
  excluded: readonly string[],
): Promise<string[]> {
  const wanted = patterns.map(compilePattern);
  const unwanted = excluded.map(compilePattern);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => wanted.some((one) => one.test(path)) && !unwanted.some((one) => one.test(path)))
    .sort();
}

/** `**` is any folders, `*` any characters but a slash, `?` one. Source: CodeBuild user guide, buildspec, artifacts/files. */
function compilePattern(pattern: string): RegExp {
  const text = pattern.replace(/^\.\//, '').replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${text}$`, 's');
}
