import { expect, test } from 'vitest';
import {
  busiestOf,
  countBy,
  firstOf,
  formatCost,
  monthOf,
  onboardingTimes,
  refusedToday,
  throttled,
} from './figures.ts';

test('counts, the most frequent first', () => {
  expect(countBy(['b', 'a', 'b', 'c'], (each) => each)).toEqual([
    { name: 'b', count: 2 },
    { name: 'a', count: 1 },
    { name: 'c', count: 1 },
  ]);
});

test('half of the sign-ups took at most the one time, 95 of 100 the other; those that have not ended do not count', () => {
  const tenant = (deployment: 'POOLED' | 'SILO', milliseconds?: number) => ({
    deployment,
    createdAt: '2026-11-28T12:00:00.000Z',
    onboardedAt: milliseconds === undefined ? null : new Date(Date.UTC(2026, 10, 28, 12) + milliseconds).toISOString(),
  });
  const pooled = Array.from({ length: 20 }, (_, index) => tenant('POOLED', (20 - index) * 100));
  expect(onboardingTimes([...pooled, tenant('POOLED'), tenant('SILO', 90_000)])).toEqual([
    { deployment: 'POOLED', count: 20, p50: 1000, p95: 1900 },
    { deployment: 'SILO', count: 1, p50: 90_000, p95: 90_000 },
  ]);
  expect(onboardingTimes([tenant('SILO')])).toEqual([]);
});

test('tenants that were refused something today, the most first, then from four fifths of a quota on, be it the day’s or the month’s', () => {
  const tenants = [
    { name: 'calm', quotaShare: 0.79, dayQuotaShare: 0.1, refusedToday: 0 },
    { name: 'month', quotaShare: 0.8, dayQuotaShare: 0, refusedToday: 0 },
    { name: 'used up', quotaShare: 0.1, dayQuotaShare: 1, refusedToday: 0 },
    { name: 'quota', quotaShare: 0.1, dayQuotaShare: 1, refusedToday: 2 },
    { name: 'rate', quotaShare: 0, dayQuotaShare: 0, refusedToday: 3 },
  ];
  expect(throttled(tenants).map(({ name }) => name)).toEqual(['rate', 'quota', 'used up', 'month']);
});

test('today’s refusals are those of the tenants that are named', () => {
  const tenants = [{ refusedToday: 1200 }, { refusedToday: 34 }];
  expect(refusedToday({ tenants, tenantCount: 2 }, 'en')).toBe('1,234');
  expect(refusedToday({ tenants, tenantCount: 3 }, 'en')).toBe('1,234+');
});

test('figures of a part say of which', () => {
  expect(firstOf(undefined)).toBeUndefined();
  expect(firstOf({ items: [1, 2], complete: true })).toBeUndefined();
  expect(firstOf({ items: Array.from({ length: 2000 }), complete: false }, 'en')).toBe(
    'Of the first 2,000 tenants by workspace name',
  );
  const tenants = Array.from({ length: 100 }, () => ({ refusedToday: 0 }));
  expect(busiestOf({ tenants, tenantCount: 100 })).toBeUndefined();
  expect(busiestOf({ tenants, tenantCount: 1234 }, 'en')).toBe(
    'Of the 100 of 1,234 tenants with the most requests this month',
  );
});

test('the month is that of UTC', () => {
  expect(monthOf(new Date('2026-11-30T23:30:00-02:00'))).toBe('2026-12');
});

test.each([
  [0, '$0.00'],
  [42, '$0.000042'],
  [1_250_000, '$1.25'],
])('%d millionths of a dollar are %s', (cost, text) => {
  expect(formatCost(cost, 'en')).toBe(text);
});
