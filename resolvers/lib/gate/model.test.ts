import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateItem, type GateLimits, refusalCount } from '../../../schema/gate.ts';
import { type ApplicationPlane, callerOf, startApplicationPlane } from '../../testing/application-plane.ts';
import { createModel, intervalOf, periodsOf } from '../../testing/gate-model.ts';
import { requestsTo } from '../../testing/gate-requests.ts';

/**
 * The gate on a real engine against a model of it: a virtual clock, so that schedules of hours take no time. The model
 * is written from the rule (a GCRA, and quotas by UTC's days and months), not from the gate's expressions; and the rule is held to what
 * a tenant is promised: at most rate × time + burst, and whatever the time that has passed has paid for.
 */
const schedules = Number(process.env['GATE_SCHEDULES'] ?? 2000);
/** Generous, for a schedule on a busy machine. */
const milliseconds = 200;
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
    together: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) },
      { weight: 1, arbitrary: fc.constant(9) },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);
/** The last hours of a year, so that days, months and years end in many schedules. */
const start = fc.integer({ min: Date.UTC(2026, 11, 31, 20), max: Date.UTC(2026, 11, 31, 23, 59, 59, 999) });

const { gateOf } = requestsTo(() => plane);
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

/** What the gate has counted as refused, by attribute. */
async function refusedBy(tenantId: string): Promise<Readonly<Record<string, unknown>>> {
  const counters = Object.entries(await gateOf(tenantId)).filter(([name]) => name.startsWith(refusalCount('')));
  return Object.fromEntries(counters);
}

test(
  'admits at every moment of every schedule as many as the rule, and counts all others as refused',
  async () => {
    const property = fc.asyncProperty(limits, start, schedule, async (chosen, beginning, steps) => {
      const tenantId = await givenGate(chosen);
      const { admits } = createModel(chosen);
      const refused = new Map<string, number>();
      const refuse = (moment: number, count: number) => {
        const name = refusalCount(periodsOf(moment)[0]);
        if (count > 0) refused.set(name, (refused.get(name) ?? 0) + count);
      };
      let now = beginning;
      for (const step of steps) {
        now += step.after;
        plane.setTime(now);
        const expected = Array.from({ length: step.together }, () => admits(now)).filter(Boolean).length;
        expect(await ask(tenantId, step)).toBe(expected);
        refuse(now, step.together - expected);
      }
      expect(await refusedBy(tenantId)).toEqual(Object.fromEntries(refused));
    });
    await fc.assert(property, { numRuns: schedules });
  },
  20_000 + schedules * milliseconds,
);

interface Moment {
  readonly now: number;
  readonly asked: number;
  readonly admitted: number;
}

/** What the rule admits at each moment of a schedule. */
function momentsOf(chosen: GateLimits, beginning: number, steps: readonly Step[]): Moment[] {
  const { admits } = createModel(chosen);
  let now = beginning;
  return steps.map(({ after, together }) => {
    now += after;
    return {
      now,
      asked: together,
      admitted: Array.from({ length: together }, () => admits(now)).filter(Boolean).length,
    };
  });
}

const sum = (moments: readonly Moment[]): number => moments.reduce((total, { admitted }) => total + admitted, 0);
const longer = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 5000 }), together: fc.integer({ min: 1, max: 12 }) }),
  { minLength: 1, maxLength: 12 },
);

test('the rule admits no more than rate × time + burst, in whatever span, nor than the day’s and month’s quota', () => {
  const property = fc.property(limits, start, longer, (chosen, beginning, steps) => {
    const moments = momentsOf(chosen, beginning, steps);
    for (const [from, first] of moments.entries()) {
      for (const [length, last] of moments.slice(from).entries()) {
        const paid = Math.floor(((last.now - first.now) * 1000) / intervalOf(chosen));
        expect(sum(moments.slice(from, from + length + 1))).toBeLessThanOrEqual(paid + chosen.burst);
      }
      const [day, month] = periodsOf(first.now);
      const inPeriod = (period: string) => moments.filter(({ now }) => periodsOf(now).includes(period));
      expect(sum(inPeriod(day))).toBeLessThanOrEqual(chosen.requestsPerDay);
      expect(sum(inPeriod(month))).toBeLessThanOrEqual(chosen.requestsPerMonth);
    }
  });
  fc.assert(property, { numRuns: schedules });
});

test('the rule admits what the time since the last request has paid for: after an idle time the whole burst', () => {
  const property = fc.property(limits, start, longer, (chosen, beginning, steps) => {
    const moments = momentsOf(chosen, beginning, steps);
    for (const [place, { now, asked, admitted }] of moments.entries()) {
      const before = moments.slice(0, place);
      const idle = now - (before.at(-1)?.now ?? -Infinity);
      const used = (period: string) => sum(before.filter((moment) => periodsOf(moment.now).includes(period)));
      const [day, month] = periodsOf(now);
      const least = Math.min(
        asked,
        chosen.burst,
        Math.floor((idle * 1000) / intervalOf(chosen)),
        chosen.requestsPerDay - used(day),
        chosen.requestsPerMonth - used(month),
      );
      expect(admitted).toBeGreaterThanOrEqual(least);
    }
  });
  fc.assert(property, { numRuns: schedules });
});
