import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../report/figures.ts';
import { scaleRows } from './scale-rows.ts';

process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';

/** Two small ones, to see that all works: its times say nothing. */
const settings = process.argv.includes('--quick')
  ? { sizes: [2, 20], repeats: 10, calm: 500 }
  : { sizes: [10, 1000, 10_000], repeats: 200, calm: 5000 };

const scratch = await mkdtemp(join(tmpdir(), 'cotenant-scale-'));
try {
  const copy = async (from: string, to: string): Promise<void> => await cp(from, to, { recursive: true });
  process.stdout.write(table(await scaleRows({ scratch, ...settings, copy })));
} finally {
  await rm(scratch, { recursive: true, force: true });
}
