import { expect, test } from 'vitest';
import type { OrderFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';
import { revenueByDay, startOfDays } from './figures.ts';

const now = new Date(2026, 10, 25, 12);
const order = (date: Date, total: number, status: OrderFieldsFragment['status'] = 'PLACED'): OrderFieldsFragment => ({
  id: 'o',
  number: 'N',
  status,
  total,
  version: 1,
  createdAt: date.toISOString(),
  updatedAt: date.toISOString(),
  createdBy: 'u',
  lines: [],
});

test('adds up each day’s orders, and leaves out cancelled and older ones', () => {
  const days = revenueByDay(
    [
      order(new Date(2026, 10, 25, 0, 1), 100),
      order(new Date(2026, 10, 25, 11), 50),
      order(new Date(2026, 10, 25, 11), 999, 'CANCELLED'),
      order(new Date(2026, 10, 24, 23, 59), 7),
      order(new Date(2026, 10, 20), 1000),
    ],
    3,
    now,
  );
  expect(days.map(({ orders, revenue }) => [orders, revenue])).toEqual([
    [0, 0],
    [1, 7],
    [2, 150],
  ]);
});

test('begins with the first moment of the first day', () => {
  expect(new Date(startOfDays(3, now))).toEqual(new Date(2026, 10, 23, 0, 0, 0));
  expect(revenueByDay([], 3, now)[0]?.date).toEqual(new Date(startOfDays(3, now)));
});
