import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aCompany } from '../../test/support/given.ts';
import { shopOf } from '../../test/support/shop.ts';
import { copyOfBase, startCotenant } from '../../test/support/start-cotenant.ts';
import { barChart } from '../charts/bar-chart.ts';
import type { Row } from '../report/figures.ts';
import { compare } from './compare.ts';
import { type LoadOptions, loadTenants } from './load-tenants.ts';
import { actNames, type MeasuredSystem, startMeasured } from './measured-system.ts';
import { spreadRows } from './shard-spread.ts';
import { type Start, startRows, startsByTurns } from './starts.ts';

export interface ScaleOptions {
  readonly scratch: string;
  /** Tenants, from few to many. */
  readonly sizes: readonly number[];
  /** Samples of each act. */
  readonly repeats: number;
  /** Starts of each system. */
  readonly restarts: number;
  /** Milliseconds after which what a start leaves is over. */
  readonly calm: number;
  copy(from: string, to: string): Promise<void>;
}

const products = 5;
const orders = 2;

/**
 * Systems that differ in the number of their tenants only: started alone for their start and memory, then side by side, asked by
 * turns, so that what else the machine does slows all of them alike.
 */
export async function scaleRows({
  scratch,
  sizes,
  repeats,
  restarts,
  calm,
  copy,
}: ScaleOptions): Promise<{ readonly rows: Row[]; readonly picture: string }> {
  const empty = (await copyOfBase(scratch)) ?? join(scratch, 'empty');
  const original = await makeOriginal(empty, calm);
  const starts: Start[] = [];
  for (const tenants of sizes) {
    const folder = join(scratch, String(tenants));
    await copy(empty, folder);
    await loadTenants({ folder, original, from: 0, to: tenants });
    starts.push({ tenants, ...(await startsByTurns(empty, folder, { restarts, calm })) });
  }

  const systems: MeasuredSystem[] = [];
  try {
    for (const tenants of sizes) systems.push(await startMeasured(join(scratch, String(tenants)), tenants, repeats));
    const compared = [];
    for (const name of actNames) compared.push(await compare(systems, name, repeats));
    const [few] = systems;
    const spread = few ? await spreadRows(few.cotenant.outputs, repeats) : [];
    const groups = compared.map(({ bars }) => bars);
    return {
      rows: [...startRows(starts), ...compared.map(({ row }) => row), ...spread],
      picture: barChart({ title: 'p50, as a multiple of that with the fewest tenants', unit: 'times', groups }),
    };
  } finally {
    await Promise.all(systems.map(({ cotenant }) => cotenant.stop()));
  }
}

/** A tenant with data, made by signing up, in a system that has no other; the system is stopped again. */
async function makeOriginal(folder: string, calm: number): Promise<LoadOptions['original']> {
  const cotenant = await startCotenant({ folder });
  try {
    const { tenantId, slug, admin } = await aCompany(cotenant.outputs, {
      slug: 'the-original',
      adminEmail: 'admin@the-original.example',
    });
    const shop = shopOf(cotenant.outputs, admin);
    const stocked = [];
    for (let count = 0; count < products; count += 1) stocked.push(await shop.stock());
    for (const { id } of stocked.slice(0, orders)) await shop.place(id);
    await sleep(calm);
    return { tenantId, slug };
  } finally {
    await cotenant.stop();
  }
}
