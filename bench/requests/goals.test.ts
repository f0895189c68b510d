import { expect, it } from 'vitest';
import { goalsOf } from './goals.ts';
import type { Measured } from './measure.ts';
import { names } from './targets.ts';

const cpu = (host: number) => ({ system: { host, engine: 0, functions: 0, other: 0 } });

function measured(target: string, rates: readonly number[], connections = 16): Measured {
  const rest = { seconds: 2, loadCpu: 0, errors: 0, reasons: [], conflicts: 0, times: [1], cpu: cpu(1) };
  return { target, operation: 'getProduct', connections, rounds: rates.map((done) => ({ ...rest, done: 2 * done })) };
}

it('goals are judged by the median of what each round has by the same round of those who were measured', () => {
  const all = [
    measured(names.ours, [150, 300, 152]),
    measured(names.yoga, [101, 100, 102]),
    measured(names.engine, [200, 100, 200]),
  ];
  const goals = goalsOf([measured(names.yoga, [1, 1, 1], 1), ...all]);
  expect(goals.map(({ reached, met }) => [reached, met])).toEqual([
    ['1.49 (1.49 to 3.00) in 3 rounds; CPU of a request 0.67 (0.33 to 0.67) times', false],
    ['0.76 (0.75 to 3.00) in 3 rounds; CPU of a request 1.32 (0.33 to 1.33) times', true],
  ]);
  expect(goalsOf([])).toEqual([]);
});
