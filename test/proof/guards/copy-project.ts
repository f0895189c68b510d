import { execFileSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Guard } from './guard.ts';

/** The guard is not where the table says: the table is out of date. */
export class GuardMovedError extends Error {
  override readonly name = 'GuardMovedError';
  constructor(guard: Guard, readonly places: number) {
    super(`Guard "${guard.name}": ${guard.file} has ${places} places that say ${guard.find}, expected 1`);
  }
}

/** What is left out of a copy of a part: what is made, and what no test reads. */
const apart = new Set(['.git', '.local', 'cdk.out', 'coverage']);

/** The whole project without the guard, to be started: what git knows or would take, and the packages by a link. */
export function copyProjectWithout(guard: Guard, folder: string): void {
  const source = sourceWithout(guard);
  for (const file of projectFiles('.')) cpSync(file, join(folder, file));
  cpSync('generated', join(folder, 'generated'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, guard.file), source);
}

/**
 * The guard's part of the project without it: files of that part are links to the same bytes, and all other folders are links to the
 * project's own, so that the tests of many copies share what they load. A test that comes to the guard by another part does not notice
 * anything, and is told of: then `part` is too small.
 */
export function copyPartWithout(guard: Guard, part: string, folder: string): void {
  const source = sourceWithout(guard);
  linkAround(part.split('/'), '.', folder);
  for (const file of projectFiles(part)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    linkSync(file, join(folder, file));
  }
  rmSync(join(folder, guard.file));
  writeFileSync(join(folder, guard.file), source);
}

/** Links to all that is beside the path; the path itself is left to be made. */
function linkAround([next = '', ...rest]: readonly string[], from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) {
    if (entry !== next && !apart.has(entry)) symlinkSync(resolve(from, entry), join(to, entry));
  }
  if (rest.length > 0) linkAround(rest, join(from, next), join(to, next));
}

function projectFiles(below: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', below], {
    encoding: 'utf8',
  });
  return [...new Set(listed.split('\0'))].filter((name) => name !== '');
}

/** @throws GuardMovedError if the guard is not where the table says */
function sourceWithout(guard: Guard): string {
  const source = readFileSync(guard.file, 'utf8');
  const places = source.split(guard.find).length - 1;
  if (places !== 1) throw new GuardMovedError(guard, places);
  return source.replace(guard.find, () => guard.replacement);
}
