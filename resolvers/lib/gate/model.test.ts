import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateItem, type GateLimits } from '../../../schema/gate.ts';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../../testing/application-plane.ts';

/**
 * The gate on a real engine against a model of it: a virtual clock, so that schedules of hours take no time. The model
 * is written from the rule (a GCRA, and quotas by UTC's days and months), not from the gate's expressions.
 */
let plane: ApplicationPlane;
beforeAll(async () => {
  plane = await startApplicationPlane();
});
afterAll(() => plane.stop());

interface Step {
  /** Milliseconds after the step before. */
  readonly after: number;
  /** Requests at the same moment. */
  readonly together: number;
}

function createModel({ requestsPerSecond, burst, requestsPerDay, requestsPerMonth }: GateLimits) {
  const interval = Math.ceil(1_000_000 / requestsPerSecond);
  const counts = new Map<string, number>();
  let arrival = 0;
  return (now: number): boolean => {
    const periods = [
      [new Date(now).toISOString().slice(0, 10), requestsPerDay],
      [new Date(now).toISOString().slice(0, 7), requestsPerMonth],
    ] as const;
    if (periods.some(([period, quota]) => (counts.get(period) ?? 0) >= quota)) return false;
    if (arrival - now * 1000 > (burst - 1) * interval) return false;
    arrival = Math.max(arrival, now * 1000) + interval;
    for (const [period] of periods) counts.set(period, (counts.get(period) ?? 0) + 1);
    return true;
  };
}

const limits = fc.record({
  requestsPerSecond: fc.integer({ min: 1, max: 1000 }),
  burst: fc.integer({ min: 1, max: 8 }),
  requestsPerDay: fc.integer({ min: 1, max: 12 }),
  requestsPerMonth: fc.integer({ min: 1, max: 20 }),
});
const schedule = fc.array(
  fc.record({
    after: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 2000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 36 * 3_600_000 }) },
    ),
    together: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);
/** The last hours of a year, so that days, months and years end in many schedules. */
const start = fc.integer({ min: Date.UTC(2026, 11, 31, 20), max: Date.UTC(2026, 11, 31, 23, 59, 59, 999) });

let tenants = 0;
async function givenGate(chosen: GateLimits): Promise<string> {
  tenants += 1;
  const tenantId = `model-${tenants}`;
  const Item = gateItem(tenantId, chosen, 'pooled');
  await plane.documents.send(new PutCommand({ TableName: plane.tables.GATES_TABLE, Item }));
  return tenantId;
}

/** How many of the requests of one moment were admitted. */
async function ask(tenantId: string, { together }: Step): Promise<number> {
  const one = async () => {
    try {
      await plane.ask(callerOf(tenantId), 'Subscription.onProductChanged');
      return 1;
    } catch (error) {
      expect(['TooManyRequests', 'QuotaExceeded']).toContain((error as { errorType: string }).errorType);
      return 0;
    }
  };
  const outcomes = await Promise.all(Array.from({ length: together }, one));
  return outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
}

test('admits at every moment of every schedule as many as the rule, neither more nor fewer', async () => {
  const property = fc.asyncProperty(limits, start, schedule, async (chosen, beginning, steps) => {
    const tenantId = await givenGate(chosen);
    const admits = createModel(chosen);
    let now = beginning;
    for (const step of steps) {
      now += step.after;
      plane.setTime(now);
      const expected = Array.from({ length: step.together }, () => admits(now)).filter(Boolean).length;
      expect(await ask(tenantId, step)).toBe(expected);
    }
  });
  await fc.assert(property, { numRuns: 2000 });
}, 120_000);
