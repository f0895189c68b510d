import { withTenant } from '../layer/tenant-context.ts';
import type { Clock } from '../layer/clock.ts';

export interface Driving {
  readonly advance: (tenantId: string) => Promise<Date | undefined>;
  readonly clock: Clock;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds that one invocation works; what it has recorded last comes back by the stream. */
const longest = 60_000;
/** Milliseconds for which it is waited here; what is due later is the schedule's. */
const patience = 15_000;

/** Drives the transitions of some tenants, one after the other; those that have to wait a moment wait all at once. */
export function drive({ advance, clock, sleep }: Driving) {
  return async (tenantIds: readonly string[]): Promise<void> => {
    const start = clock();
    const until = new Date(start.getTime() + longest);
    const waiting = new Map(tenantIds.map((tenantId) => [tenantId, start]));
    for (;;) {
      const [next] = [...waiting].sort(([, left], [, right]) => left.getTime() - right.getTime());
      if (!next || next[1] > until || clock() > until) return;
      const [tenantId, dueAt] = next;
      const wait = dueAt.getTime() - clock().getTime();
      if (wait > patience) return;
      if (wait > 0) await sleep(wait);
      const again = await withTenant({ tenantId }, () => advance(tenantId));
      if (again) waiting.set(tenantId, again);
      else waiting.delete(tenantId);
    }
  };
}
