import type { Bench, Section } from '../part.ts';
import { table } from '../report/figures.ts';
import { gateCost } from './gate-cost.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { refusalCost } from './refusal-cost.ts';
import { openRestartable } from './restartable.ts';
import { siloRows } from './silos.ts';

/** What limits cost and what they keep from others. */
export async function limits({ quick, system, say }: Bench): Promise<Section> {
  const { outputs } = await system();
  say('The gate, and a noisy neighbour …');
  const rows = quick
    ? [
        await gateCost(outputs, { rounds: 1, requests: 5 }),
        await refusalCost(outputs, 5),
        ...(await noisyNeighbour(outputs, { neighbours: 4, rounds: 1, seconds: 0.5 })),
      ]
    : [
        await gateCost(outputs, { rounds: 4, requests: 60 }),
        await refusalCost(outputs, 300),
        ...(await noisyNeighbour(outputs)),
      ];
  return { title: 'Limits', text: table(rows), errors: [] };
}

/** Tenants with a stack of their own. */
export async function silos({ quick, say }: Bench): Promise<Section> {
  say('Silos …');
  const samples = quick ? { alone: 1, together: 1, calm: 500 } : { alone: 5, together: 20, calm: 5000 };
  const system = await openRestartable();
  try {
    return { title: 'Silos', text: table(await siloRows(system, samples)), errors: [] };
  } finally {
    await system.close();
  }
}
