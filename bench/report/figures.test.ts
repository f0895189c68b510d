import { expect, it } from 'vitest';
import { quantile } from './figures.ts';

it('a quantile is the value below which that share of a sample lies', () => {
  const sample = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.99, 1].map((share) => quantile(sample, share))).toEqual([1, 51, 100, 100]);
  expect(quantile([7], 0.5)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
  expect(sample[0]).toBe(100);
});
