import type { Clock } from '../../service.ts';
import { bucketMilliseconds, type SeriesStore } from '../data/series.ts';
import { statisticNamed } from '../data/statistics.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmStore } from './alarm-store.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';

export interface Evaluator {
  /** Evaluates every alarm as of now. */
  run(): Promise<void>;
  start(): void;
  stop(): void;
}

/** AWS takes a minute; here whoever watches an alarm waits less. */
const interval = 10_000;

export function createEvaluator(alarms: AlarmStore, series: SeriesStore, clock: Clock): Evaluator {
  let timer: NodeJS.Timeout | undefined;

  const evaluate = async (alarm: Alarm): Promise<void> => {
    const now = clock.now();
    if (alarm.heldUntil !== undefined && now < alarm.heldUntil) return;
    const points = readPoints(alarm, series, now);
    const value = evaluateAlarm(alarm, points, alarm.state.value);
    if (value === alarm.state.value) return;
    const known = points.filter((point) => point !== undefined);
    const reason =
      known.length === 0
        ? `Insufficient Data: none of the last ${points.length} periods has data`
        : `Threshold Crossed: ${known.length} datapoints [${known.join(', ')}], ${alarm.comparison} ${alarm.threshold}`;
    const reasonData = JSON.stringify({
      version: '1.0',
      queryDate: new Date(now).toISOString().replace('Z', '+0000'),
      statistic: alarm.statistic,
      period: alarm.period,
      recentDatapoints: known,
      threshold: alarm.threshold,
    });
    await alarms.change(alarm, { value, reason, reasonData, at: now });
  };

  const run = async (): Promise<void> => {
    for (const alarm of alarms.all()) await evaluate(alarm);
  };

  return {
    run,
    start() {
      timer = setInterval(() => {
        run().catch((error: unknown) => void process.stderr.write(`CloudWatch alarms: ${String(error)}\n`));
      }, interval);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

/** The periods end now and not on the minute, as AWS's evaluation slides too. */
function readPoints(alarm: Alarm, series: SeriesStore, now: number): (number | undefined)[] {
  const statistic = statisticNamed(alarm.statistic);
  const end = now - (now % bucketMilliseconds) + bucketMilliseconds;
  const length = alarm.period * 1000;
  return Array.from({ length: alarm.evaluationPeriods }, (_, index) => {
    const buckets = series.read(alarm.metric, end - (index + 1) * length, end - index * length);
    return buckets.length > 0 ? statistic(buckets) : undefined;
  });
}
