import { expect, it } from 'vitest';
import { type Moment, type Origin, provenance } from './provenance.ts';

const origin: Origin = {
  ...{ command: 'npm run bench', day: '2026-01-01', commit: 'abc', machine: '2 × chip', processors: 2 },
};
const moment = (at: number, ...load: number[]): Moment => ({ at, load });

it('the load is told of the start and of the end, and how long it took', () => {
  const text = provenance(origin, moment(1000, 0.9, 0.8, 0.7), moment(48_000, 3, 2, 1));
  expect(text).toContain('in 47 seconds.');
  expect(text).toContain('at the start 0.9, 0.8, 0.7, at the end 3.0, 2.0, 1.0.');
  expect(text).not.toContain('busy');
  expect(provenance(origin, moment(0, 0, 0, 0), moment(1_500_000, 0, 0, 0))).toContain('in 25 minutes.');
});

it('a run that began while others worked says so first', () => {
  expect(provenance(origin, moment(0, 1.1, 0, 0), moment(1, 0, 0, 0))).toMatch(/^\*\*The machine was busy/);
});
