import { expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';

it('nobody always comes first, last, or after the same one', () => {
  const rounds = Array.from({ length: 5 }, (_, round) => inTurn(['a', 'b', 'c', 'd', 'e'], round));
  const distinct = (of: (order: readonly string[]) => string | undefined) => new Set(rounds.map(of)).size;
  expect(distinct((order) => order[0])).toBeGreaterThan(2);
  expect(distinct((order) => order.at(-1))).toBeGreaterThan(2);
  expect(distinct((order) => order[order.indexOf('a') - 1])).toBeGreaterThan(1);
  expect(rounds.every((order) => [...order].sort().join('') === 'abcde')).toBe(true);
  expect(inTurn([], 3)).toEqual([]);
});
