import { jsonProtocol } from '../front-door/protocols/json.ts';
import type { LocalService, Metrics } from '../service.ts';
import { createAlarmStore, type AlarmStoreDependencies } from './alarms/alarm-store.ts';
import { createEvaluator } from './alarms/evaluator.ts';
import { alarmProvider } from './alarms/provider.ts';
import { metricOf } from './data/metric.ts';
import { readEmbeddedMetrics } from './data/read-embedded.ts';
import { createSeriesStore } from './data/series.ts';
import { alarmOperations } from './operations/alarms.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { readOperations } from './operations/read-metrics.ts';
import type { MetricsParts } from './parts.ts';

export interface MetricsService extends LocalService, Metrics {
  /** Takes in the metrics that log lines embed. */
  readLog(messages: readonly string[]): void;
  /** Evaluates every alarm as of now; a timer does so too. */
  evaluateAlarms(): Promise<void>;
}

/** CloudWatch: metrics of some hours, and alarms. */
export function createMetrics(dependencies: AlarmStoreDependencies): MetricsService {
  const { environment, clock } = dependencies;
  const series = createSeriesStore(clock);
  const alarms = createAlarmStore(dependencies);
  const evaluator = createEvaluator(alarms, series, clock);
  const parts: MetricsParts = { environment, clock, series, alarms };
  const operations = { ...readOperations(parts), ...alarmOperations(parts), PutMetricData: putMetricData(parts) };

  return {
    name: 'metrics',
    apis: [
      jsonProtocol({
        signingName: 'monitoring',
        targetPrefix: 'GraniteServiceVersion20100801',
        version: '1.0',
        operations,
      }),
    ],
    providers: [alarmProvider(alarms, environment)],
    readLog(messages) {
      for (const measurement of messages.flatMap(readEmbeddedMetrics)) series.add(measurement);
    },
    record(namespace, dimensions, values) {
      const named = Object.entries(dimensions).map(([name, value]) => ({ name, value }));
      for (const [name, value] of Object.entries(values)) {
        series.add({ metric: metricOf(namespace, name, named), time: clock.now(), values: [{ value, count: 1 }] });
      }
    },
    evaluateAlarms: () => evaluator.run(),
    start: async () => evaluator.start(),
    stop: async () => evaluator.stop(),
  };
}
