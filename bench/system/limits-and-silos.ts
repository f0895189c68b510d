import type { Bench, Section } from '../part.ts';
import { sectionOfRows } from '../report/section-of-rows.ts';
import { gateCost } from './gate-cost.ts';
import { noisyNeighbour } from './noisy-neighbour.ts';
import { refusalCost } from './refusal-cost.ts';
import { openRestartable } from './restartable.ts';
import { siloRows } from './silos.ts';

/** What limits cost and what they keep from others. */
export async function limits({ quick, system, say }: Bench): Promise<Section> {
  const { outputs } = await system();
  say('The gate, and a noisy neighbour …');
  const gate = await gateCost(outputs, quick ? { rounds: 1, requests: 5 } : { rounds: 4, requests: 60 });
  const refusal = await refusalCost(outputs, quick ? 5 : 300);
  const { rows, errors, picture } = await noisyNeighbour(
    outputs,
    quick ? { neighbours: 4, rounds: 1, seconds: 0.5 } : undefined,
  );
  return sectionOfRows('Limits', [gate, refusal, ...rows], { errors, pictures: { 'limits.svg': picture } });
}

/** Tenants with a stack of their own. */
export async function silos({ quick, say }: Bench): Promise<Section> {
  say('Silos …');
  const samples = quick ? { alone: 1, together: 1, calm: 500 } : { alone: 5, together: 20, calm: 5000 };
  const system = await openRestartable();
  try {
    return sectionOfRows('Silos', await siloRows(system, samples));
  } finally {
    await system.close();
  }
}
