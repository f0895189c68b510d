import type { Goal } from '../part.ts';
import { figuresOf } from './figures.ts';
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

/** Goals whose peer was measured too. */
export function goalsOf(measured: readonly Measured[]): Goal[] {
  const rateOf = (name: string): number | undefined => {
    const found = measured.find(
      (one) => one.target === name && one.operation === 'getProduct' && one.connections === connections,
    );
    return found && figuresOf(found.result).rate;
  };
  const ours = rateOf(names.ours);
  return wanted.flatMap(([name, factor]) => {
    const theirs = rateOf(name);
    if (ours === undefined || theirs === undefined) return [];
    const reached = ours / theirs;
    return [
      {
        name: `getProduct, ${connections} connections: requests a second, as a multiple of ${name}`,
        wanted: `≥ ${factor}`,
        reached: reached.toFixed(2),
        met: reached >= factor,
      },
    ];
  });
}
