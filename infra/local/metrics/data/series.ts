import type { Clock } from '../../service.ts';
import { metricKey, type Metric } from './metric.ts';

/** What was measured within ten seconds. */
export interface Bucket {
  /** Its begin, in milliseconds since the epoch. */
  readonly time: number;
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** How often each value came, for percentiles; those beyond the first thousand different ones are left out. */
  readonly values: Map<number, number>;
}

export interface Measurement {
  readonly metric: Metric;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly values: readonly { readonly value: number; readonly count: number }[];
  /** In place of values: what a client summed up itself. */
  readonly summary?: Omit<Bucket, 'time' | 'values'> | undefined;
}

export interface SeriesStore {
  add(measurement: Measurement): void;
  /** The buckets from `start` to before `end`, oldest first. */
  read(metric: Metric, start: number, end: number): readonly Bucket[];
  metrics(): readonly Metric[];
}

export const bucketMilliseconds = 10_000;
export const keptMilliseconds = 3 * 3600 * 1000;
const mostMetrics = 10_000;
const mostValues = 1000;

/** Data of the last three hours, in memory. */
export function createSeriesStore(clock: Clock): SeriesStore {
  const all = new Map<string, { readonly metric: Metric; readonly buckets: Bucket[] }>();

  const seriesOf = (metric: Metric) => {
    const key = metricKey(metric);
    const existing = all.get(key);
    const series = existing ?? { metric, buckets: [] };
    // The metric that has been silent for longest goes first.
    all.delete(key);
    all.set(key, series);
    const [oldest] = all.keys();
    if (all.size > mostMetrics && oldest !== undefined) all.delete(oldest);
    return series;
  };

  const bucketAt = (buckets: Bucket[], time: number): Bucket => {
    const begin = time - (time % bucketMilliseconds);
    let index = buckets.length;
    while (index > 0 && (buckets[index - 1]?.time ?? 0) > begin) index -= 1;
    const found = buckets[index - 1];
    if (found?.time === begin) return found;
    const made = { time: begin, count: 0, sum: 0, minimum: Infinity, maximum: -Infinity, values: new Map() };
    buckets.splice(index, 0, made);
    return made;
  };

  return {
    add({ metric, time, values, summary }) {
      const { buckets } = seriesOf(metric);
      const bucket = bucketAt(buckets, time);
      for (const { value, count } of values) {
        merge(bucket, { count, sum: value * count, minimum: value, maximum: value });
        if (bucket.values.size < mostValues || bucket.values.has(value)) {
          bucket.values.set(value, (bucket.values.get(value) ?? 0) + count);
        }
      }
      if (summary) merge(bucket, summary);
      const oldest = clock.now() - keptMilliseconds;
      const kept = buckets.findIndex((candidate) => candidate.time >= oldest);
      buckets.splice(0, kept < 0 ? buckets.length : kept);
    },
    read: (metric, start, end) =>
      all.get(metricKey(metric))?.buckets.filter(({ time }) => time >= start && time < end) ?? [],
    metrics: () => [...all.values()].map(({ metric }) => metric),
  };
}

function merge(bucket: Bucket, more: Omit<Bucket, 'time' | 'values'>): void {
  bucket.count += more.count;
  bucket.sum += more.sum;
  bucket.minimum = Math.min(bucket.minimum, more.minimum);
  bucket.maximum = Math.max(bucket.maximum, more.maximum);
}
