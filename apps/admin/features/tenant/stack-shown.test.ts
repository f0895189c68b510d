import { expect, test } from 'vitest';
import { type Place, stackShownOf } from './stack-shown.ts';

type Move = NonNullable<Place['move']>;

const move = (status: Move['status'], fromStack: string, toStack: string): Move => ({ status, fromStack, toStack });

test.each([
  ['pooled', undefined, 'pooled'],
  ['t1', undefined, 't1'],
  ['pooled', move('RUNNING', 'pooled', 't1'), 't1'],
  ['pooled', move('FAILED', 'pooled', 't1'), 't1'],
  ['pooled', move('REVERTING', 'pooled', 't1'), 't1'],
  ['pooled', move('REVERTED', 'pooled', 't1'), 'pooled'],
  ['t1', move('WAITING_FOR_CONFIRMATION', 'pooled', 't1'), 't1'],
  ['pooled', move('WAITING_FOR_CONFIRMATION', 't1', 'pooled'), 't1'],
  ['pooled', move('COMPLETED', 't1', 'pooled'), 'pooled'],
])('a tenant in %s with the move %j shows the stack %s', (stack, its, shown) => {
  expect(stackShownOf({ stack, move: its ?? null })).toBe(shown);
});
