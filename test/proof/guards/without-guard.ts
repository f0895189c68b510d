import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startCotenant } from '../../support/start-cotenant.ts';
import { proveIsolation } from '../prove-isolation.ts';
import { findingsOf, type ProofReport } from '../report.ts';
import type { Guard } from './guards.ts';

/** Runs the part of the proof that has to notice, on a copy of the project without the guard; answers what it found. */
export async function proveWithout(guard: Guard): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cotenant-guard-'));
  try {
    copyProject(folder);
    takeOut(guard, folder);
    const cotenant = await startCotenant({ project: folder });
    try {
      const report = await prove(guard, cotenant.outputs);
      return findingsOf(report.groups);
    } finally {
      await cotenant.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prove(guard: Guard, deployment: Parameters<typeof proveIsolation>[0]['deployment']): Promise<ProofReport> {
  return proveIsolation({ deployment, tiers: ['BASIC'], only: guard.noticedBy, onGroup: () => undefined });
}

/** What git knows or would take, and the packages by a link. */
function copyProject(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '')) cpSync(file, join(folder, file));
  cpSync('generated', join(folder, 'generated'), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
}

/** @throws if the guard is not where the table says: then the table is out of date */
function takeOut({ name, file, find, replacement }: Guard, folder: string): void {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`Guard "${name}": ${file} has ${places} places that say ${find}, expected 1`);
  writeFileSync(
    path,
    source.replace(find, () => replacement),
  );
}
