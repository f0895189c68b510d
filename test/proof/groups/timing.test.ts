import { expect, test } from 'vitest';
import { toldApart } from './timing.ts';

/** Forty rounds of two answers, each of a time from 4 to 9 ms, the first kind later by `extra`: always the same ones. */
function answers(extra: number) {
  let state = 7;
  const noise = (): number => {
    state = (state * 48271) % 2147483647;
    return (state / 2147483647) * 5;
  };
  return Array.from({ length: 80 }, (_, index) => ({ milliseconds: 4 + noise() + (index % 2 === 0 ? extra : 0) }));
}

test('answers that differ by chance are alike', () => {
  expect(toldApart(answers(0))).toEqual([]);
});

test.each([3, -3])('a kind of answer that takes %i ms more than the other is told apart', (extra) => {
  expect(toldApart(answers(extra))).toHaveLength(1);
});
