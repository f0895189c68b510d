import type { Goal } from '../part.ts';
import type { LoadResult } from '../load/job.ts';
import { median } from '../report/figures.ts';
import { cpuOf, rateOf } from './figures.ts';
import type { Measured } from './measure.ts';
import { names } from './targets.ts';

/** What getProduct of ours is to reach, though it authorizes and passes the gate: times the rate of each. */
const wanted: readonly (readonly [string, number])[] = [
  [names.amplify, 3],
  [names.yoga, 1.5],
  [names.engine, 0.65],
];
/** Enough that nobody waits for the client, and not so many that all wait in line. */
const connections = 16;

/** Goals whose peer was measured too. The median of the rounds decides; how far they lie apart is told with it. */
export function goalsOf(measured: readonly Measured[]): Goal[] {
  const roundsOf = (name: string): readonly LoadResult[] | undefined =>
    measured.find((one) => one.target === name && one.operation === 'getProduct' && one.connections === connections)
      ?.rounds;
  const ours = roundsOf(names.ours);
  return wanted.flatMap(([name, factor]) => {
    const theirs = roundsOf(name);
    if (!ours || !theirs) return [];
    const rates = ratios(ours, theirs, rateOf);
    const cpu = ratios(ours, theirs, cpuOf);
    return [
      {
        name: `getProduct, ${connections} connections: requests a second, as a multiple of ${name}`,
        wanted: `≥ ${factor}`,
        reached: `${withRange(rates)} in ${rates.length} rounds; CPU of a request ${withRange(cpu)} times`,
        met: median(rates) >= factor,
      },
    ];
  });
}

/** Each round's by the same round's, which the machine served at nearly the same time. */
function ratios(
  ours: readonly LoadResult[],
  theirs: readonly LoadResult[],
  of: (round: LoadResult) => number,
): number[] {
  return ours.flatMap((round, index) => {
    const other = theirs[index];
    return other ? [of(round) / of(other)] : [];
  });
}

function withRange(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(2));
  return `${median(values).toFixed(2)} (${least} to ${most})`;
}
