import { expect, it } from 'vitest';
import { admission, boundsOf, type Flooded } from './admission.ts';

const share = { requestsPerSecond: 50, burst: 50 };
const flood = (admitted: number, rest: Partial<Flooded> = {}): Flooded => ({
  ...{ sent: 2000, admitted, refused: 2000 - admitted, seconds: 4, answering: 3.9 },
  ...rest,
});

it('a flood is admitted its rate for as long as it is answered, and its burst beside at most', () => {
  expect(boundsOf(flood(0), share)).toEqual({ least: 195, most: 250 });
  expect(boundsOf(flood(0, { sent: 20 }), share).least).toBe(20);
});

it('one more, or fewer, is an error, whatever the other floods had', () => {
  expect(admission([flood(250), flood(195)], share).errors).toEqual([]);
  expect(admission([flood(251), flood(195)], share).errors).toEqual([
    'Flood 1: the gate admitted 251, expected 195 to 250 by the tenant’s limits',
  ]);
  expect(admission([flood(250), flood(194)], share).errors).toHaveLength(1);
});
