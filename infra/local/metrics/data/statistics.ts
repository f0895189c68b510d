import { AwsError } from '../../errors.ts';
import type { Metric } from './metric.ts';
import type { Bucket, SeriesStore } from './series.ts';

export type Statistic = (buckets: readonly Bucket[]) => number;

const total = (buckets: readonly Bucket[], of: 'sum' | 'count'): number =>
  buckets.reduce((sum, bucket) => sum + bucket[of], 0);

const plain: Readonly<Record<string, Statistic>> = {
  SampleCount: (buckets) => total(buckets, 'count'),
  Sum: (buckets) => total(buckets, 'sum'),
  Average: (buckets) => total(buckets, 'sum') / total(buckets, 'count'),
  Minimum: (buckets) => Math.min(...buckets.map(({ minimum }) => minimum)),
  Maximum: (buckets) => Math.max(...buckets.map(({ maximum }) => maximum)),
};

/** A statistic by the name that AWS gives it: `Sum`, `p99.9` … Throws InvalidParameterValue. */
export function statisticNamed(name: string): Statistic {
  const known = Object.hasOwn(plain, name) ? plain[name] : undefined;
  if (known) return known;
  const percent = Number(/^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1] ?? NaN);
  if (Number.isNaN(percent)) {
    const names = Object.keys(plain).join(', ');
    throw new AwsError(
      'InvalidParameterValue',
      `Statistic ${name}: expected one of ${names}, or a percentile like p99.`,
    );
  }
  return (buckets) => percentile(buckets, percent);
}

function percentile(buckets: readonly Bucket[], percent: number): number {
  const counted = new Map<number, number>();
  for (const { values } of buckets) {
    for (const [value, count] of values) counted.set(value, (counted.get(value) ?? 0) + count);
  }
  const sorted = [...counted].sort(([left], [right]) => left - right);
  const rank = (sorted.reduce((sum, [, count]) => sum + count, 0) * percent) / 100;
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return NaN;
}

/** Seconds: those of high-resolution metrics, or whole minutes. Throws InvalidParameterValue. */
export function requirePeriod(period: number | undefined): number {
  if (period !== undefined && ([10, 20, 30].includes(period) || (period > 0 && period % 60 === 0))) return period;
  throw new AwsError('InvalidParameterValue', `Period ${period}: expected 10, 20, 30 or a multiple of 60.`);
}

export interface Datapoint {
  /** The begin of its period, in milliseconds. */
  readonly time: number;
  readonly buckets: readonly Bucket[];
}

/** The periods that have data, oldest first. They begin at multiples of their length. */
export function readPeriods(
  series: SeriesStore,
  metric: Metric,
  start: number,
  end: number,
  seconds: number,
): Datapoint[] {
  const length = seconds * 1000;
  const periods = new Map<number, Bucket[]>();
  for (const bucket of series.read(metric, start - (start % length), end)) {
    const begin = bucket.time - (bucket.time % length);
    const known = periods.get(begin);
    if (known) known.push(bucket);
    else periods.set(begin, [bucket]);
  }
  return [...periods].map(([time, buckets]) => ({ time, buckets }));
}
