import { expect, test } from 'vitest';
import { lastDays } from './days.ts';

test('days are those of UTC, over the end of a month', () => {
  expect(lastDays(3, new Date('2026-03-01T23:59:00-01:00'))).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
});
