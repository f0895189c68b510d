import type { TierSettings } from '../../generated/control-plane.ts';

const daysOfMonth = 30;

function limits(requestsPerSecond: number, burst: number, requestsPerDay: number) {
  return { requestsPerSecond, burst, requestsPerDay, requestsPerMonth: requestsPerDay * daysOfMonth };
}

/** What each tier begins with; operators change it by updateTier. */
export const tierDefaults: readonly TierSettings[] = [
  {
    tier: 'BASIC',
    description: 'For a small team: shared infrastructure, modest limits',
    deployment: 'POOLED',
    limits: limits(50, 50, 1_000),
    shardCount: 1,
  },
  {
    tier: 'STANDARD',
    description: 'For a growing business: more requests, longer bursts',
    deployment: 'POOLED',
    limits: limits(75, 100, 3_000),
    shardCount: 1,
  },
  {
    tier: 'PREMIUM',
    description: 'For a busy business: high limits, data spread over two partitions',
    deployment: 'POOLED',
    limits: limits(100, 200, 5_000),
    shardCount: 2,
  },
  {
    tier: 'PLATINUM',
    description: 'A stack of its own: own API, tables and user pool',
    deployment: 'SILO',
    limits: limits(300, 300, 10_000),
    shardCount: 2,
  },
];
