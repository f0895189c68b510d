import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Section } from '../part.ts';
import { sectionOfRows } from '../report/section-of-rows.ts';
import { scaleRows } from './scale-rows.ts';

const whole = { sizes: [10, 1000, 10_000], repeats: 200, restarts: 3, calm: 3000 };
const short = { sizes: [3], repeats: 5, restarts: 1, calm: 500 };

/** What grows with the number of tenants. */
export async function scale({ quick, say }: Bench): Promise<Section> {
  const settings = quick ? short : whole;
  say(`Systems of ${settings.sizes.join(', ')} tenants …`);
  const scratch = await mkdtemp(join(tmpdir(), 'cotenant-scale-'));
  const copy = async (from: string, to: string): Promise<void> => await cp(from, to, { recursive: true });
  try {
    const { rows, picture } = await scaleRows({ scratch, ...settings, copy });
    return sectionOfRows('What grows with tenants', rows, { pictures: { 'scale.svg': picture } });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
