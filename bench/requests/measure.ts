import type { LoadResult } from '../load/job.ts';
import type { Bench } from '../part.ts';
import type { Shop } from '../shops/shop.ts';
import type { Operation } from './operations.ts';
import type { Target } from './target.ts';

/** One operation of one target over so many connections, in each round once. */
export interface Measured {
  readonly target: string;
  readonly operation: Operation['name'];
  readonly connections: number;
  readonly rounds: readonly LoadResult[];
}

export interface Times {
  readonly warmUp: number;
  readonly seconds: number;
  readonly least: number;
}

/** One operation on one target over so many connections. */
export async function measure(
  load: Bench['load'],
  { url, processes, callers, credentialsOnce = false }: Target,
  operation: Operation,
  shops: readonly Shop[],
  { connections, warmUp, seconds, least }: Times & { readonly connections: number },
): Promise<LoadResult> {
  return await load({
    ...{ url, connections, warmUp, seconds, least, processes },
    plan: { kind: 'cycle', callers: callers(operation, shops), credentialsOnce },
  });
}
