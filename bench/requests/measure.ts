import type { LoadResult } from '../load/job.ts';
import type { Bench } from '../part.ts';
import type { Shop } from '../shops/shop.ts';
import type { Operation } from './operations.ts';
import type { Target } from './target.ts';

export interface Measured {
  readonly target: string;
  readonly operation: Operation['name'];
  readonly connections: number;
  readonly result: LoadResult;
}

export interface Times {
  readonly warmUp: number;
  readonly seconds: number;
  readonly least: number;
}

/** One operation on one target over so many connections. */
export async function measure(
  load: Bench['load'],
  target: Target,
  operation: Operation,
  shops: readonly Shop[],
  { connections, warmUp, seconds, least }: Times & { readonly connections: number },
): Promise<Measured> {
  const { credentialsOnce = false } = target;
  const callers = target.callers(operation, shops);
  const result = await load({
    url: target.url,
    connections,
    warmUp,
    seconds,
    least,
    plan: { kind: 'cycle', callers, credentialsOnce },
    processes: target.processes,
  });
  return { target: target.name, operation: operation.name, connections, result };
}
