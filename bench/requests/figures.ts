import type { CpuByRole } from '../load/cpu.ts';
import type { LoadResult } from '../load/job.ts';

export interface Figures {
  /** Requests a second. */
  readonly rate: number;
  /** CPU milliseconds of a request. */
  readonly server: number;
  readonly engine: number;
  readonly functions: number;
}

const none: CpuByRole = { host: 0, engine: 0, functions: 0, other: 0 };

/** Per request. Beside a peer, our own host only waits: the engine's is what counts of the system then. */
export function figuresOf({ done, seconds, cpu }: LoadResult): Figures {
  const { system = none, peer } = cpu;
  const each = (spent: number): number => (spent / done) * 1000;
  const sum = ({ host, engine, functions, other }: CpuByRole): number => host + engine + functions + other;
  return {
    rate: done / seconds,
    server: each(peer ? sum(peer) : system.host),
    engine: each(system.engine),
    functions: peer ? 0 : each(system.functions),
  };
}
