import type { CpuByRole } from '../load/cpu.ts';
import type { LoadResult } from '../load/job.ts';
import { median, quantile } from '../report/figures.ts';

/** Of one or more rounds of the same. */
export interface Figures {
  /** Requests a second: the median of the rounds, and the least and the most that a round had. */
  readonly rate: number;
  readonly rates: readonly [least: number, most: number];
  /** Milliseconds, of all rounds’ requests. */
  readonly p50: number;
  readonly mean: number;
  readonly p99: number;
  /** CPU milliseconds of a request. */
  readonly server: number;
  readonly engine: number;
  readonly functions: number;
  readonly errors: number;
  readonly conflicts: number;
}

const none: CpuByRole = { host: 0, engine: 0, functions: 0, other: 0 };

export function figuresOf(rounds: readonly LoadResult[]): Figures {
  const rates = rounds.map(rateOf);
  const times = rounds.flatMap((round) => round.times);
  const sum = (of: (round: LoadResult) => number): number => rounds.reduce((all, round) => all + of(round), 0);
  const done = sum((round) => round.done);
  const each = (of: (spent: Spent) => number): number => (sum((round) => of(spentIn(round))) / done) * 1000;
  return {
    rate: median(rates),
    rates: [Math.min(...rates), Math.max(...rates)],
    p50: median(times),
    mean: times.reduce((all, time) => all + time, 0) / times.length,
    p99: quantile(times, 0.99),
    server: each(({ server }) => server),
    engine: each(({ engine }) => engine),
    functions: each(({ functions }) => functions),
    errors: sum(({ errors }) => errors),
    conflicts: sum(({ conflicts }) => conflicts),
  };
}

export const rateOf = ({ done, seconds }: LoadResult): number => done / seconds;

/** CPU milliseconds of a request, of all that work for it: the server, the engine and the functions. */
export function cpuOf(round: LoadResult): number {
  const { server, engine, functions } = spentIn(round);
  return ((server + engine + functions) / round.done) * 1000;
}

interface Spent {
  readonly server: number;
  readonly engine: number;
  readonly functions: number;
}

/** CPU seconds. Beside a peer, our own host only waits: the engine's is what counts of the system then. */
function spentIn({ cpu }: LoadResult): Spent {
  const { system = none, peer } = cpu;
  if (!peer) return { server: system.host, engine: system.engine, functions: system.functions };
  const { host, engine, functions, other } = peer;
  return { server: host + engine + functions + other, engine: system.engine, functions: 0 };
}
