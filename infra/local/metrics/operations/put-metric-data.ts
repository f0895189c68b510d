import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import { readMetric, type MetricInput } from '../data/metric.ts';
import { keptMilliseconds, type Measurement } from '../data/series.ts';
import type { MetricsParts } from '../parts.ts';

interface Datum extends MetricInput {
  /** Seconds since the epoch. */
  readonly Timestamp?: number;
  readonly Value?: number;
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly StatisticValues?: Readonly<Record<'SampleCount' | 'Sum' | 'Minimum' | 'Maximum', number>>;
}

interface Input {
  readonly Namespace?: string;
  readonly MetricData?: readonly Datum[];
}

/** Source: CloudWatch API reference, PutMetricData. */
const mostData = 1000;
const mostValues = 150;
const future = 2 * 3600 * 1000;

export function putMetricData({ series, clock }: MetricsParts) {
  return (call: Call, { Namespace, MetricData = [] }: Input): void => {
    call.authorize('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': Namespace ?? '' });
    if (Namespace?.startsWith('AWS/')) {
      throw new AwsError('InvalidParameterValue', `Namespace ${Namespace}: those that begin with AWS/ are AWS's own.`);
    }
    if (MetricData.length > mostData) {
      throw new AwsError('InvalidParameterValue', `${MetricData.length} metrics: at most ${mostData} a request.`);
    }
    // All are read before the first is taken: a request is taken whole or not at all.
    for (const measurement of MetricData.map((datum) => readDatum(Namespace, datum, clock.now()))) {
      series.add(measurement);
    }
  };
}

function readDatum(namespace: string | undefined, datum: Datum, now: number): Measurement {
  const { Timestamp, Value, Values, Counts, StatisticValues: sums } = datum;
  const metric = readMetric({ ...datum, Namespace: namespace ?? '' });
  const time = Timestamp === undefined ? now : Timestamp * 1000;
  if (!(time > now - keptMilliseconds && time < now + future)) {
    throw new AwsError(
      'InvalidParameterValue',
      `Timestamp ${Timestamp}: expected one of the last three hours, which are what is kept here, or the next two.`,
    );
  }
  if (sums) {
    const { SampleCount: count, Sum: sum, Minimum: minimum, Maximum: maximum } = sums;
    return { metric, time, values: [], summary: { count, sum, minimum, maximum } };
  }
  const values = Values ?? (Value === undefined ? [] : [Value]);
  if (values.length === 0 || values.length > mostValues || (Counts && Counts.length !== values.length)) {
    throw new AwsError(
      'InvalidParameterValue',
      `${metric.name} has ${values.length} values and ${
        Counts?.length ?? 'no'
      } counts: expected 1 to ${mostValues}, and as many counts.`,
    );
  }
  const strange = values.find((value) => !Number.isFinite(value));
  if (strange !== undefined) throw new AwsError('InvalidParameterValue', `${metric.name}: ${strange} is no number.`);
  return { metric, time, values: values.map((value, index) => ({ value, count: Counts?.[index] ?? 1 })) };
}
