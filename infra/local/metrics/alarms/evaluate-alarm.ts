import { comparisons, type AlarmSettings, type AlarmState } from './alarm.ts';

/**
 * The state that an alarm's datapoints put it into.
 *
 * @param points - the value of each of its evaluation periods, the latest first; undefined: missing
 * @param current - what it stays in where they do not decide
 *
 * Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data". AWS also looks at some periods before
 * those; here it is these alone.
 */
export function evaluateAlarm(
  alarm: AlarmSettings,
  points: readonly (number | undefined)[],
  current: AlarmState,
): AlarmState {
  const { datapointsToAlarm: needed, evaluationPeriods, threshold, treatMissingData: treatment } = alarm;
  const breaches = comparisons[alarm.comparison];
  const real = points.filter((point) => point !== undefined);
  const missing = points.length - real.length;
  const breaching = real.filter((point) => breaches(point, threshold)).length;
  const within = real.length - breaching;

  if (breaching + (treatment === 'breaching' ? missing : 0) >= needed) return 'ALARM';
  if (treatment === 'breaching' || treatment === 'notBreaching' || missing === 0) return 'OK';
  if (treatment === 'ignore') return within > evaluationPeriods - needed ? 'OK' : current;
  if (real.length === 0) return 'INSUFFICIENT_DATA';
  if (within > 0) return 'OK';
  // All that there is breaches. It counts once the oldest is old enough for the number of datapoints that an alarm needs, as
  // the metric has gone silent since; one that has just begun is waited for.
  const oldest = points.findLastIndex((point) => point !== undefined);
  return oldest + 1 >= needed ? 'ALARM' : current;
}
