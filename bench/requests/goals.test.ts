import { expect, it } from 'vitest';
import { goalsOf } from './goals.ts';
import type { Measured } from './measure.ts';
import { names } from './targets.ts';

function measured(target: string, done: number, connections = 16): Measured {
  const result = { seconds: 2, done, p50: 1, p99: 1, cpu: {}, loadCpu: 0, errors: 0, reasons: [], conflicts: 0 };
  return { target, operation: 'getProduct', connections, result };
}

it('goals are judged by the rates at 16 connections, against those who were measured', () => {
  const all = [measured(names.ours, 150), measured(names.yoga, 101), measured(names.engine, 200)];
  const goals = goalsOf([measured(names.yoga, 1, 1), ...all]);
  expect(goals.map(({ reached, met }) => [reached, met])).toEqual([
    ['1.49', false],
    ['0.75', true],
  ]);
  expect(goalsOf([])).toEqual([]);
});
