import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aCompany } from '../../test/support/given.ts';
import { shopOf } from '../../test/support/shop.ts';
import { startCotenant } from '../../test/support/start-cotenant.ts';
import { memoryOfTree } from '../system/memory.ts';
import { quantile, type Row } from '../report/figures.ts';
import { type LoadOptions, loadTenants } from './load-tenants.ts';
import { type ActName, actNames, type MeasuredSystem, startMeasured } from './measured-system.ts';
import { spreadRow } from './shard-spread.ts';

export interface ScaleOptions {
  readonly scratch: string;
  /** Tenants, from few to many. */
  readonly sizes: readonly number[];
  /** Samples of each act. */
  readonly repeats: number;
  /** Milliseconds after which what a start leaves is over. */
  readonly calm: number;
  copy(from: string, to: string): Promise<void>;
}

const products = 5;
const orders = 2;
const bytesOfMegabyte = 1024 * 1024;

/**
 * Systems that differ in the number of their tenants only: started alone for their start and memory, then side by side, asked by
 * turns, so that what else the machine does slows all of them alike.
 */
export async function scaleRows({ scratch, sizes, repeats, calm, copy }: ScaleOptions): Promise<Row[]> {
  const empty = join(scratch, 'empty');
  const original = await makeOriginal(empty, calm);
  const starts: Start[] = [];
  for (const tenants of sizes) {
    const folder = join(scratch, String(tenants));
    await copy(empty, folder);
    await loadTenants({ folder, original, from: 0, to: tenants });
    // The empty one each time: what else the machine does changes while tenants are loaded.
    const without = await startAlone(empty, calm);
    starts.push({ tenants, ...(await startAlone(folder, calm)), secondsWithout: without.seconds });
  }

  const systems: MeasuredSystem[] = [];
  try {
    for (const tenants of sizes) systems.push(await startMeasured(join(scratch, String(tenants)), tenants));
    const rows: Row[] = [];
    for (const name of actNames)
      rows.push(await compare(systems, name, name === 'registerTenant' ? repeats / 10 : repeats));
    const [few] = systems;
    if (few) rows.push(await spreadRow(few.cotenant.outputs, repeats));
    return [...startRows(starts), ...rows];
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

interface Alone {
  readonly seconds: number;
  readonly memory: number;
}
type Start = Alone & { readonly tenants: number; readonly secondsWithout: number };

async function startAlone(folder: string, calm: number): Promise<Alone> {
  const from = performance.now();
  const cotenant = await startCotenant({ folder });
  const seconds = (performance.now() - from) / 1000;
  await sleep(calm);
  const memory = await memoryOfTree(cotenant.pid);
  await cotenant.stop();
  return { seconds, memory };
}

function startRows(starts: readonly Start[]): Row[] {
  const [few] = starts;
  return starts.flatMap(({ tenants, seconds, secondsWithout, memory }, index) => {
    const isLargest = index === starts.length - 1;
    const ratio = seconds / secondsWithout;
    const each = few && few.tenants < tenants ? (memory - few.memory) / (tenants - few.tenants) / 1024 : undefined;
    return [
      {
        name: `Restart with ${tenants} tenants, by an empty system’s ${secondsWithout.toFixed(2)} s`,
        figure: `${seconds.toFixed(2)} s: ${ratio.toFixed(2)} times`,
        goal: isLargest ? '≤ 2 times' : undefined,
      },
      {
        name: `Memory of all processes with ${tenants} tenants`,
        figure: `${(memory / bytesOfMegabyte).toFixed(0)} MB${
          each === undefined ? '' : `, ${each.toFixed(1)} kB a tenant`
        }`,
      },
    ];
  });
}

const titles: Readonly<Record<ActName, string>> = {
  getProduct: 'product(id)',
  registerTenant: 'registerTenant to ACTIVE',
  tenants: 'tenants, first page of 20',
  tenantsAfter: 'tenants, a page in the middle',
  signIn: 'sign-in',
};

/** The p50 of each system, asked by turns, and that of the largest by the smallest's. */
async function compare(systems: readonly MeasuredSystem[], name: ActName, repeats: number): Promise<Row> {
  const samples = systems.map((): number[] => []);
  for (let round = -3; round < repeats; round += 1) {
    for (const [index, { acts }] of systems.entries()) {
      const from = performance.now();
      await acts[name]();
      // The first ones warm up.
      if (round >= 0) samples[index]?.push(performance.now() - from);
    }
  }
  const medians = samples.map((sample) => quantile(sample, 0.5));
  const ratio = (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
  const figures = systems.map(
    ({ tenants }, index) => `${(medians[index] ?? Number.NaN).toFixed(2)} ms with ${tenants}`,
  );
  return {
    name: `${titles[name]}, p50 (n ${samples[0]?.length ?? 0})`,
    figure: `${figures.join(', ')}: ${ratio.toFixed(2)} times`,
    goal: '≤ 1.2 times',
  };
}
