import type { Bars } from '../charts/bar-chart.ts';
import { inTurn } from '../load/in-turn.ts';
import { untilQuiet } from '../load/until-quiet.ts';
import { atMost, median, type Row } from '../report/figures.ts';
import type { ActName, MeasuredSystem } from './measured-system.ts';

const titles: Readonly<Record<ActName, string>> = {
  getProduct: 'product(id)',
  registerTenant: 'registerTenant to ACTIVE',
  tenants: 'tenants, first page of 20',
  tenantsAfter: 'tenants, a page in the middle',
  signIn: 'sign-in',
};

/** The p50 of each system, asked by turns, in another order each time, and that of the largest by the smallest's. */
export async function compare(
  systems: readonly MeasuredSystem[],
  name: ActName,
  repeats: number,
): Promise<{ readonly row: Row; readonly bars: Bars['groups'][number] }> {
  const registers = name === 'registerTenant';
  const rounds = registers ? repeats / 10 : repeats;
  // Each of the tenants that are signed in has been asked once, so that all of them pay for the authorizer before.
  const warming = name === 'getProduct' ? repeats : 3;
  const samples = systems.map((): number[] => []);
  for (let round = -warming; round < rounds; round += 1) {
    for (const index of inTurn([...systems.keys()], round + warming)) {
      const system = systems[index];
      if (!system) throw new Error(`There is no system ${index}`);
      const from = performance.now();
      await system.acts[name]();
      if (round >= 0) samples[index]?.push(performance.now() - from);
      // What a registration leaves to be done would be the next system's delay.
      if (registers) await untilQuiet(system.cotenant.pid);
    }
  }
  const medians = samples.map(median);
  const ratio = (medians.at(-1) ?? Number.NaN) / (medians[0] ?? Number.NaN);
  const figures = systems.map(
    ({ tenants }, index) => `${(medians[index] ?? Number.NaN).toFixed(2)} ms with ${tenants}`,
  );
  const bars = systems.map(({ tenants }, index) => ({
    label: `${tenants} tenants`,
    value: (medians[index] ?? Number.NaN) / (medians[0] ?? Number.NaN),
  }));
  return {
    row: {
      name: `${titles[name]}, p50 (n ${samples[0]?.length ?? 0})`,
      figure: `${figures.join(', ')}: ${ratio.toFixed(2)} times`,
      goal: atMost(1.2, ratio, ' times'),
    },
    bars: { label: titles[name], bars },
  };
}
