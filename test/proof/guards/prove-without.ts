import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCotenant } from '../../support/start-cotenant.ts';
import { proveIsolation } from '../prove-isolation.ts';
import { findingsOf } from '../report.ts';
import { copyProjectWithout } from './copy-project.ts';
import type { GroupGuard } from './guard.ts';

/** Runs the part of the proof that has to notice, on a copy of the project without the guard; answers what it found. */
export async function proveWithout(guard: GroupGuard): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cotenant-guard-'));
  try {
    copyProjectWithout(guard, folder);
    const cotenant = await startCotenant({ project: folder, ephemeral: true });
    try {
      const { groups } = await proveIsolation({
        deployment: cotenant.outputs,
        tiers: ['BASIC'],
        only: guard.noticedBy.groups,
        onGroup: () => undefined,
      });
      return findingsOf(groups);
    } finally {
      await cotenant.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
