import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseVariable } from './base-folder.ts';

/** Before a run of the tests: an empty folder for the base of the systems that they start. Answers what tidies up. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-base-'));
  process.env[baseVariable] = folder;
  return async () => await rm(folder, { recursive: true, force: true });
}
