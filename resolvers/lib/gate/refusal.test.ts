import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateLimits, refusalCount } from '../../../schema/gate.ts';
import { type ApplicationPlane, startApplicationPlane } from '../../testing/application-plane.ts';
import { requestsTo } from '../../testing/gate-requests.ts';

let plane: ApplicationPlane;
beforeAll(async () => {
  plane = await startApplicationPlane();
});
afterAll(() => plane.stop());

const noon = Date.UTC(2026, 10, 23, 12);
const { request, requests, setGate, gateOf, removeGate } = requestsTo(() => plane);

/** Something else happens, of whatever request, each time before a step of the gate. */
async function beforeStep(name: string, happens: () => void | Promise<void>, then: () => Promise<void>): Promise<void> {
  plane.beforeStep = (step) => (step === `../lib/gate/${name}` ? happens() : undefined);
  try {
    await then();
  } finally {
    plane.beforeStep = () => undefined;
  }
}

const refusedOf = async (tenantId: string) =>
  Object.fromEntries(Object.entries(await gateOf(tenantId)).filter(([name]) => name.startsWith(refusalCount(''))));

test('is counted on the day of the request, each once, and nothing else of the gate changes', async () => {
  await plane.openGate('counted', { requestsPerSecond: 1, burst: 3, requestsPerDay: 5 });
  plane.setTime(Date.UTC(2026, 10, 23, 23, 59, 59));
  expect((await requests('counted', 10)).admitted).toBe(3);
  plane.setTime(Date.UTC(2026, 10, 24));
  expect((await requests('counted', 2)).admitted).toBe(1);
  plane.setTime(Date.UTC(2026, 10, 24, 1));
  expect((await requests('counted', 4)).admitted).toBe(3);
  const day = { 'day#2026-11-23': 3, 'day#2026-11-24': 4, 'month#2026-11': 7 };
  const before = await gateOf('counted');
  expect(before).toMatchObject({ ...day, 'refused#2026-11-23': 7, 'refused#2026-11-24': 2 });
  await requests('counted', 20);
  expect(await gateOf('counted')).toEqual({ ...before, 'refused#2026-11-24': 22 });
  plane.setTime(Date.UTC(2026, 10, 24, 2));
  const { refusals } = await requests('counted', 3);
  expect(refusals).toMatchObject([{ errorType: 'QuotaExceeded' }, { errorType: 'QuotaExceeded' }]);
  expect(await refusedOf('counted')).toEqual({ 'refused#2026-11-23': 7, 'refused#2026-11-24': 24 });
});

test('costs two writes: what the first step sees of it, the second does not try again', async () => {
  await plane.openGate('two-writes', { requestsPerSecond: 1, burst: 1, requestsPerDay: 2 });
  plane.setTime(noon);
  await request('two-writes');
  for (const [moment, errorType] of [
    [noon, 'TooManyRequests'],
    [noon + 5000, 'admitted'],
    [noon + 10_000, 'QuotaExceeded'],
  ] as const) {
    plane.setTime(moment);
    const sent = plane.requests.length;
    const answer = await request('two-writes');
    expect(answer === 'admitted' ? answer : answer.errorType).toBe(errorType);
    expect(plane.requests.length - sent).toBe(2);
  }
});

test('by another request between the two steps is counted too', async () => {
  await plane.openGate('overtaken', { requestsPerSecond: 1, burst: 2 });
  plane.setTime(noon);
  await request('overtaken');
  await beforeStep(
    'chargeBusy',
    () => setGate('overtaken', { allowAt: (noon + 3000) * 1000 }),
    async () => {
      expect(await request('overtaken')).toMatchObject({
        errorType: 'TooManyRequests',
        errorInfo: { retryAfterMs: 3000 },
      });
    },
  );
  expect(await refusedOf('overtaken')).toEqual({ 'refused#2026-11-23': 1 });
});

test.each([
  [1, 1],
  [7, 3],
])(
  'is none of an idle tenant’s: limits change when %i have found it busy, %i are admitted',
  async (count, admitted) => {
    const limits = { requestsPerSecond: 1, burst: 3, requestsPerDay: 100, requestsPerMonth: 100 };
    const tenantId = `changed-${count}`;
    await plane.openGate(tenantId, limits);
    plane.setTime(noon);
    await request(tenantId);
    const waiting: (() => void)[] = [];
    const changeWhenAllWait = async () => {
      const changed = new Promise<void>((resolve) => waiting.push(resolve));
      if (waiting.length === count) {
        await setGate(tenantId, { ...gateLimits(limits) });
        for (const goOn of waiting) goOn();
      }
      await changed;
    };
    await beforeStep('chargeBusy', changeWhenAllWait, async () => {
      const asked = await requests(tenantId, count);
      expect(asked.admitted).toBe(admitted);
      for (const refusal of asked.refusals) {
        expect(refusal).toMatchObject({ errorType: 'TooManyRequests', errorInfo: { retryAfterMs: 1000 } });
      }
    });
    expect(await gateOf(tenantId)).toMatchObject({ 'day#2026-11-23': 1 + admitted });
    const refused = count - admitted;
    expect(await refusedOf(tenantId)).toEqual(refused > 0 ? { 'refused#2026-11-23': refused } : {});
  },
);

test('is what a second change of limits within one request makes of it, and that admits nobody', async () => {
  const limits = { requestsPerSecond: 1, burst: 3, requestsPerDay: 100, requestsPerMonth: 100 };
  await plane.openGate('changed-twice', limits);
  plane.setTime(noon);
  await request('changed-twice');
  plane.beforeStep = async (step) => {
    if (/chargeBusy(Again)?$/.test(step)) await setGate('changed-twice', { ...gateLimits(limits) });
    if (step.endsWith('chargeIdleAgain')) await setGate('changed-twice', { freeAt: noon * 1000 + 1 });
  };
  expect(await request('changed-twice')).toMatchObject({ errorType: 'GateUnavailable' });
  plane.beforeStep = () => undefined;
  expect(await gateOf('changed-twice')).toMatchObject({ 'day#2026-11-23': 1 });
});

test('is refused by the same error if it cannot be counted, and a gate that is gone does not come back', async () => {
  await plane.openGate('uncounted', { requestsPerSecond: 1, burst: 1 });
  plane.setTime(noon);
  await request('uncounted');
  const counted = await request('uncounted');
  await beforeStep(
    'countRefusal',
    () => removeGate('uncounted'),
    async () => {
      expect(await request('uncounted')).toEqual(counted);
    },
  );
  expect(await gateOf('uncounted')).toEqual({});
});

test('is counted and refused as what it is, however late', async () => {
  await plane.openGate('late', { requestsPerSecond: 1, burst: 1 });
  plane.setTime(noon);
  await request('late');
  await beforeStep(
    'countRefusal',
    () => plane.setTime(noon + 6000),
    async () => {
      expect(await request('late')).toMatchObject({ errorType: 'TooManyRequests' });
    },
  );
  expect(await refusedOf('late')).toEqual({ 'refused#2026-11-23': 1 });
});

test('is not what is shut out', async () => {
  await plane.openGate('shut-out', { requestsPerSecond: 1, burst: 1 });
  plane.setTime(noon);
  await request('shut-out');
  await setGate('shut-out', { blockedUsers: new Set(['mallory']) });
  const attempts = [
    [{}, { userId: 'mallory' }],
    [{ status: 'SUSPENDED' }, {}],
    [{ status: 'ACTIVE', stack: 'moved' }, {}],
  ] as const;
  for (const [change, who] of attempts) {
    if (Object.keys(change).length > 0) await setGate('shut-out', change);
    await request('shut-out', who);
  }
  expect(await refusedOf('shut-out')).toEqual({});
});
