import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayCount, gateLimits, refusalCount } from '../../../schema/gate.ts';
import { type ApplicationPlane, startApplicationPlane } from '../../testing/application-plane.ts';
import { createModel, intervalOf, periodsOf } from '../../testing/gate-model.ts';
import { requestsTo } from '../../testing/gate-requests.ts';

/**
 * The gate on a real engine against its rule, where a request of one moment is charged after those of later ones, and limits change in
 * between. Each group of requests waits behind its first step, while the clock goes on, until the schedule lets it go on.
 */
const schedules = Number(process.env['GATE_SCHEDULES'] ?? 300);
/** Generous, for a schedule on a busy machine. */
const milliseconds = 400;
/** For so long an admission holds: a request that waits longer before its charge is told to come again. */
const admissionLifetime = 5000;

const pause = new AsyncLocalStorage<{ readonly reached: () => void; readonly released: Promise<void> }>();
let plane: ApplicationPlane;
beforeAll(async () => {
  plane = await startApplicationPlane();
  plane.beforeStep = async (step) => {
    const waiting = pause.getStore();
    if (!waiting || step !== '../lib/gate/chargeBusy') return;
    waiting.reached();
    await waiting.released;
  };
});
afterAll(() => plane.stop());
const { request, setGate, gateOf } = requestsTo(() => plane);

const limits = fc.record({
  requestsPerSecond: fc.integer({ min: 1, max: 1000 }),
  burst: fc.integer({ min: 1, max: 6 }),
  requestsPerDay: fc.integer({ min: 1, max: 20 }),
  requestsPerMonth: fc.integer({ min: 1, max: 30 }),
});
const schedule = fc.array(
  fc.record({
    /** Milliseconds after what was before. */
    after: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 50 }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 3000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * 3_600_000 }) },
    ),
    /** New limits, before anything else. */
    change: fc.option(limits, { freq: 3 }),
    /** Which of the groups that wait goes on, by its place among them, before the new one comes. */
    release: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 2 }),
    /** Requests of this moment. */
    together: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 2, maxLength: 7 },
);
/** The last hour of a year, so that days, months and years end in many schedules. */
const start = fc.integer({ min: Date.UTC(2026, 11, 31, 23), max: Date.UTC(2026, 11, 31, 23, 59, 59, 999) });

type Outcome = 'admitted' | 'refused' | 'RequestTimeout';

interface Group {
  readonly now: number;
  readonly outcomes: Promise<Outcome>[];
  readonly goOn: () => void;
}

/** Requests of one moment, when all have their first step behind them. */
async function begin(tenantId: string, now: number, together: number): Promise<Group> {
  let goOn: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (goOn = resolve));
  const arrivals: Promise<void>[] = [];
  const outcomes = Array.from({ length: together }, () => {
    let reached: () => void = () => undefined;
    arrivals.push(new Promise((resolve) => (reached = resolve)));
    const outcome = pause.run({ reached, released }, () => outcomeOf(tenantId));
    // Who ends before the second step does not reach it: the outcome tells.
    return outcome.finally(reached);
  });
  await Promise.all(arrivals);
  return { now, outcomes, goOn };
}

async function outcomeOf(tenantId: string): Promise<Outcome> {
  const answer = await request(tenantId);
  if (answer === 'admitted') return answer;
  if (answer.errorType === 'RequestTimeout') return answer.errorType;
  expect(['TooManyRequests', 'QuotaExceeded']).toContain(answer.errorType);
  return 'refused';
}

let tenants = 0;

test(
  'charges each request by its own moment, whatever was charged since, and by the limits of now',
  async () => {
    const property = fc.asyncProperty(limits, start, schedule, async (chosen, beginning, steps) => {
      tenants += 1;
      const tenantId = `overlap-${tenants}`;
      await plane.openGate(tenantId, chosen);
      const model = createModel(chosen);
      const expected = new Map<Group, Outcome[]>();
      const counters = new Map<string, number>();
      const expectOutcome = (now: number, outcome: Outcome): Outcome => {
        const [day] = periodsOf(now);
        const name = outcome === 'admitted' ? dayCount(day) : refusalCount(day);
        if (outcome !== 'RequestTimeout') counters.set(name, (counters.get(name) ?? 0) + 1);
        return outcome;
      };
      const outcomeNow = (now: number) => expectOutcome(now, model.admits(now) ? 'admitted' : 'refused');
      let now = beginning;

      const release = async (group: Group): Promise<void> => {
        const decided = expected.get(group) ?? [];
        const rest = Array.from({ length: group.outcomes.length - decided.length }, () =>
          now - group.now > admissionLifetime ? 'RequestTimeout' : outcomeNow(group.now),
        );
        expected.delete(group);
        group.goOn();
        expect((await Promise.all(group.outcomes)).sort()).toEqual([...decided, ...rest].sort());
      };

      for (const { after, change, release: place, together } of steps) {
        now += after;
        plane.setTime(now);
        if (change) {
          model.change(change);
          await setGate(tenantId, { ...gateLimits(change) });
        }
        const waiting = [...expected.keys()];
        const next = place === null ? undefined : waiting[place % waiting.length];
        if (next) await release(next);
        const decided: Outcome[] = [];
        for (let asked = 0; asked < together && model.prospect(now) !== 'busy'; asked += 1)
          decided.push(outcomeNow(now));
        expected.set(await begin(tenantId, now, together), decided);
      }
      for (const group of [...expected.keys()]) await release(group);
      const counted = Object.entries(await gateOf(tenantId)).filter(([name]) => /^(day|refused)#/.test(name));
      expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(counters));
    });
    await fc.assert(property, { numRuns: schedules, endOnFailure: true });
  },
  20_000 + schedules * milliseconds,
);

const late = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 2000 }), late: fc.integer({ min: 0, max: admissionLifetime }) }),
  { minLength: 1, maxLength: 25 },
);

test('the rule admits no more than rate × time + burst of whatever span of moments, in whatever order they are charged', () => {
  const property = fc.property(limits, start, late, (chosen, beginning, steps) => {
    const plenty = { ...chosen, requestsPerDay: 1000, requestsPerMonth: 1000 };
    const { admits } = createModel(plenty);
    let now = beginning;
    const admitted: number[] = [];
    for (const { after, late: by } of steps) {
      now += after;
      if (admits(now - by)) admitted.push(now - by);
    }
    admitted.sort((left, right) => left - right);
    for (const [from, first] of admitted.entries()) {
      for (const [length, last] of admitted.slice(from).entries()) {
        const paid = Math.floor(((last - first) * 1000) / intervalOf(plenty));
        expect(length + 1).toBeLessThanOrEqual(paid + plenty.burst);
      }
    }
  });
  fc.assert(property, { numRuns: schedules });
});
