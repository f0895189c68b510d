import type { Row } from '../report/figures.ts';

/** What a process that floods has counted, once. */
export interface Flooded {
  readonly sent: number;
  readonly admitted: number;
  /** By the gate, as too many. */
  readonly refused: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** From the first answer to the last one. */
  readonly answering: number;
}

/** The gate's clock has milliseconds. */
const clock = 0.001;

/**
 * What the gate may admit of a flood at most, and what it has to. The burst is whole at the start, and pays for it if the machine stands
 * still for as long as the burst lasts.
 */
export function boundsOf({ sent, seconds, answering }: Flooded, { requestsPerSecond, burst }: Share): Bounds {
  return {
    least: Math.min(sent, Math.floor(requestsPerSecond * answering)),
    most: Math.floor(requestsPerSecond * (seconds + clock)) + burst,
  };
}

interface Share {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Every flood by itself: what one had too many would make up for what another had too few. */
export function admission(floods: readonly Flooded[], share: Share): { readonly row: Row; readonly errors: string[] } {
  const bounds = floods.map((flood) => boundsOf(flood, share));
  const sum = (of: (index: number) => number): number => [...floods.keys()].reduce((all, index) => all + of(index), 0);
  const total = (key: 'sent' | 'admitted' | 'refused'): number => sum((index) => floods[index]?.[key] ?? 0);
  const limit = (key: 'least' | 'most'): number => sum((index) => bounds[index]?.[key] ?? 0);
  return {
    row: {
      name: `Admitted of ${floods.length} floods; fewer or more than the limits say is an error`,
      figure: `${total('admitted')} of ${total('sent')}, ${total('refused')} refused; between ${limit(
        'least',
      )} (rate × time) and ${limit('most')} (and the burst)`,
    },
    errors: floods.flatMap(({ admitted }, index) => {
      const { least = 0, most = 0 } = bounds[index] ?? {};
      if (admitted >= least && admitted <= most) return [];
      return [`Flood ${index + 1}: the gate admitted ${admitted}, expected ${least} to ${most} by the tenant’s limits`];
    }),
  };
}
