/**
 * The gate item: what admits, counts and refuses a tenant's requests. The control plane writes it (onboarding, limits,
 * suspension, disabled users), the application plane's gate (resolvers/lib/gate) reads and counts in it, and both
 * take the names from here.
 *
 * Rate and burst are a GCRA: `freeAt` is its theoretical arrival time. A DynamoDB condition can compare two attributes
 * but cannot add, so what would be a sum is stored: `allowAt = freeAt − (burst − 1) × requestInterval` is the first moment at
 * which a busy tenant's next request is admitted. All moments are microseconds since the epoch.
 */
export interface GateLimits {
  readonly requestsPerSecond: number;
  readonly burst: number;
  readonly requestsPerDay: number;
  readonly requestsPerMonth: number;
}

/**
 * The most that an operator may give one tenant. One gate item takes about a thousand writes a second, so no tenant can be promised more; the
 * firewall lets pass what it allows.
 */
export const mostRequestsPerSecond = 1000;
export const largestBurst = 10000;

export type GateStatus = 'ACTIVE' | 'SUSPENDED';

/** The attributes that limits turn into. Set all of them together: the burst starts anew, the counts stay. */
export interface GateLimitAttributes extends GateLimits {
  /** Microseconds between requests at the full rate, rounded up so that the rate is never exceeded. */
  readonly requestInterval: number;
  /** `allowAt` of a request admitted on the idle path is its moment less this. */
  readonly idleOffset: number;
  readonly freeAt: number;
  readonly allowAt: number;
}

/**
 * A gate item. Requests admitted are counted in attributes of their own for each UTC day and month (`dayCount`,
 * `monthCount`), refused ones in others (`refusalCount`): nothing is reset at midnight, so nothing is lost and no two requests race to reset it. Whoever
 * meters removes the days it has taken over.
 */
export interface GateItem extends GateLimitAttributes {
  readonly tenantId: string;
  readonly status: GateStatus;
  /** The tenant stack whose API admits: another one's refuses, however long it still holds an authorization. */
  readonly stack: string;
  /** While there, reads are admitted and writes are told to come again: the tenant's data is being moved. */
  readonly writesHeldSince?: string;
  /** A DynamoDB string set of user ids, of who was disabled a few minutes ago at most; absent when nobody was. */
  readonly blockedUsers?: ReadonlySet<string>;
}

/** The attribute that counts one UTC day's requests. `dayCount('2026-11-23')` → `day#2026-11-23` */
export const dayCount = (day: string) => `day#${day}` as const;

/**
 * Of a day's requests, the mutations and the subscriptions; all others are reads. Counted by the same write as the day, so
 * that the three always add up. `writeCount('2026-11-23')` → `writes#2026-11-23`
 */
export const writeCount = (day: string) => `writes#${day}` as const;
export const subscriptionCount = (day: string) => `subscriptions#${day}` as const;

/** The attribute that counts what rate or quota refused on one UTC day. `refusalCount('2026-11-23')` → `refused#2026-11-23` */
export const refusalCount = (day: string) => `refused#${day}` as const;

/** The attribute that counts one UTC month's requests. `monthCount('2026-11')` → `month#2026-11` */
export const monthCount = (month: string) => `month#${month}` as const;

/** What to set on a gate item whose limits change. */
export function gateLimits(limits: GateLimits): GateLimitAttributes {
  const requestInterval = Math.ceil(1000000 / limits.requestsPerSecond);
  return {
    requestsPerSecond: limits.requestsPerSecond,
    burst: limits.burst,
    requestsPerDay: limits.requestsPerDay,
    requestsPerMonth: limits.requestsPerMonth,
    requestInterval,
    idleOffset: (limits.burst - 2) * requestInterval,
    freeAt: 0,
    allowAt: 0,
  };
}

/** The item that opens a tenant's gate, in the stack that it lives in. */
export function gateItem(tenantId: string, limits: GateLimits, stack: string): GateItem {
  return { tenantId, status: 'ACTIVE', stack, ...gateLimits(limits) };
}
