import type { Clock, Environment } from '../service.ts';
import type { AlarmStore } from './alarms/alarm-store.ts';
import type { SeriesStore } from './data/series.ts';

/** What the operations work with. */
export interface MetricsParts {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly series: SeriesStore;
  readonly alarms: AlarmStore;
}
