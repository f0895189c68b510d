import { expect, test } from 'vitest';
import type { AlarmSettings } from './alarm.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';

/** Datapoints, the oldest first: `X` breaches, `0` does not, `-` is missing. */
function evaluate(points: string, treatMissingData: AlarmSettings['treatMissingData'], datapointsToAlarm = 3) {
  const alarm = { evaluationPeriods: 3, datapointsToAlarm, threshold: 1, comparison: 'GreaterThanThreshold' as const };
  const values = [...points].reverse().map((point) => ({ X: 2, '0': 0 }[point]));
  return evaluateAlarm({ ...alarm, treatMissingData } as AlarmSettings, values, 'INSUFFICIENT_DATA');
}

test.each([
  //        missing              ignore               breaching notBreaching
  ['---', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
  ['XXX', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0XX', 'OK', 'OK', 'OK', 'OK'],
  ['-XX', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
  ['--X', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
  ['X--', 'ALARM', 'INSUFFICIENT_DATA', 'ALARM', 'OK'],
  ['0--', 'OK', 'OK', 'OK', 'OK'],
] as const)('three of three: %s', (points, missing, ignore, breaching, notBreaching) => {
  expect(evaluate(points, 'missing')).toBe(missing);
  expect(evaluate(points, 'ignore')).toBe(ignore);
  expect(evaluate(points, 'breaching')).toBe(breaching);
  expect(evaluate(points, 'notBreaching')).toBe(notBreaching);
});

test.each([
  ['0XX', 'ALARM'],
  ['X-X', 'ALARM'],
  ['0-X', 'OK'],
  ['-X-', 'ALARM'],
  ['--X', 'INSUFFICIENT_DATA'],
] as const)('two of three, missing data treated as missing: %s', (points, expected) => {
  expect(evaluate(points, 'missing', 2)).toBe(expected);
});
