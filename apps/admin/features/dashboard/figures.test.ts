import { expect, test } from 'vitest';
import { countBy, formatCost, monthOf } from './figures.ts';

test('counts, the most frequent first', () => {
  expect(countBy(['b', 'a', 'b', 'c'], (each) => each)).toEqual([
    { name: 'b', count: 2 },
    { name: 'a', count: 1 },
    { name: 'c', count: 1 },
  ]);
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
