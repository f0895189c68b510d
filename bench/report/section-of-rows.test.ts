import { expect, it } from 'vitest';
import { atMost } from './figures.ts';
import { sectionOfRows } from './section-of-rows.ts';

it('every row with a goal is in the table of goals, met or not', () => {
  const { goals, text } = sectionOfRows('Starts', [
    { name: 'start', figure: '18.02 s', goal: atMost(8, 18.02, ' s') },
    { name: 'restart', figure: '3 s', goal: atMost(4, 3, ' s') },
    { name: 'rest', figure: '1' },
  ]);
  expect(goals).toEqual([
    { name: 'Starts: start', wanted: '≤ 8 s', reached: '18.02 s', met: false },
    { name: 'Starts: restart', wanted: '≤ 4 s', reached: '3.00 s', met: true },
  ]);
  expect(text).toContain('| start | 18.02 s | ≤ 8 s, **not met** |');
  expect(text).toContain('| restart | 3 s | ≤ 4 s |');
});

it('what is no number meets no goal', () => {
  expect(atMost(1, Number.NaN, ' s').met).toBe(false);
});
