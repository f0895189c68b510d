import type { GateLimits } from '../../schema/gate.ts';

/** Microseconds that one request costs. */
export const intervalOf = ({ requestsPerSecond }: GateLimits): number => Math.ceil(1_000_000 / requestsPerSecond);

/** The day and the month of a moment, in UTC. */
export const periodsOf = (now: number): [string, string] => {
  const moment = new Date(now).toISOString();
  return [moment.slice(0, 10), moment.slice(0, 7)];
};

/** What becomes of a request of a moment: admitted by one write, admitted within the burst, or refused. */
export type Prospect = 'idle' | 'busy' | 'refused';

/** The gate's rule for one tenant (a GCRA, and quotas by UTC's days and months), not written from the gate's expressions. */
export function createModel(chosen: GateLimits) {
  let limits = chosen;
  let arrival = 0;
  const counts = new Map<string, number>();

  function prospect(now: number): Prospect {
    const [day, month] = periodsOf(now);
    const isUsed = (period: string, quota: number): boolean => (counts.get(period) ?? 0) >= quota;
    if (isUsed(day, limits.requestsPerDay) || isUsed(month, limits.requestsPerMonth)) return 'refused';
    if (arrival <= now * 1000) return 'idle';
    return arrival - now * 1000 > (limits.burst - 1) * intervalOf(limits) ? 'refused' : 'busy';
  }

  return {
    prospect,
    /** Charges a request of that moment, if it is to be admitted. */
    admits(now: number): boolean {
      if (prospect(now) === 'refused') return false;
      arrival = Math.max(arrival, now * 1000) + intervalOf(limits);
      for (const period of periodsOf(now)) counts.set(period, (counts.get(period) ?? 0) + 1);
      return true;
    },
    /** Other limits: the burst starts anew, the counts stay. */
    change(next: GateLimits): void {
      limits = next;
      arrival = 0;
    },
  };
}
