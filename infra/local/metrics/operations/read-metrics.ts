import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { describeMetric, readMetric, type MetricInput } from '../data/metric.ts';
import { readPeriods, requirePeriod, statisticNamed } from '../data/statistics.ts';
import type { MetricsParts } from '../parts.ts';
import { page } from './page.ts';

/** Times in seconds since the epoch. */
interface Range {
  readonly StartTime?: number;
  readonly EndTime?: number;
}

interface StatisticsInput extends MetricInput, Range {
  readonly Period?: number;
  readonly Statistics?: readonly string[];
  readonly ExtendedStatistics?: readonly string[];
  readonly Unit?: string;
}

interface DataQuery {
  readonly Id?: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: { readonly Metric?: MetricInput; readonly Period?: number; readonly Stat?: string };
}

interface DataInput extends Range {
  readonly MetricDataQueries?: readonly DataQuery[];
  readonly ScanBy?: string;
}

interface ListInput extends MetricInput {
  readonly NextToken?: string;
}

const pageOfMetrics = 500;

export function readOperations({ series }: MetricsParts): Record<string, Operation> {
  return {
    GetMetricStatistics(call: Call, input: StatisticsInput) {
      call.authorize('cloudwatch:GetMetricStatistics', '*');
      const { Statistics: names = [], ExtendedStatistics: extended = [] } = input;
      if (names.length + extended.length === 0) {
        throw new AwsError('MissingParameter', 'Statistics or ExtendedStatistics is required.');
      }
      const { start, end } = readRange(input);
      const periods = readPeriods(series, readMetric(input), start, end, requirePeriod(input.Period));
      const compute = (wanted: readonly string[], buckets: (typeof periods)[number]['buckets']) =>
        Object.fromEntries(wanted.map((name) => [name, statisticNamed(name)(buckets)]));
      const Datapoints = periods.map(({ time, buckets }) => ({
        Timestamp: new Date(time),
        Unit: input.Unit ?? 'None',
        ...compute(names, buckets),
        ...(extended.length > 0 ? { ExtendedStatistics: compute(extended, buckets) } : {}),
      }));
      return { Label: input.MetricName, Datapoints };
    },

    GetMetricData(call: Call, input: DataInput) {
      call.authorize('cloudwatch:GetMetricData', '*');
      const { start, end } = readRange(input);
      const results = (input.MetricDataQueries ?? []).map(
        ({ Id, Label, Expression, MetricStat, ReturnData = true }) => {
          if (Expression !== undefined || !MetricStat) {
            throw new AwsError('ValidationError', `${Id}: only MetricStat is supported here, no Expression.`);
          }
          const metric = readMetric(MetricStat.Metric ?? {});
          const statistic = statisticNamed(MetricStat.Stat ?? '');
          const periods = readPeriods(series, metric, start, end, requirePeriod(MetricStat.Period));
          if (input.ScanBy !== 'TimestampAscending') periods.reverse();
          const result = {
            Id,
            Label: Label ?? metric.name,
            Timestamps: periods.map(({ time }) => new Date(time)),
            Values: periods.map(({ buckets }) => statistic(buckets)),
            StatusCode: 'Complete',
          };
          return { result, wanted: ReturnData };
        },
      );
      return { MetricDataResults: results.filter(({ wanted }) => wanted).map(({ result }) => result), Messages: [] };
    },

    ListMetrics(call: Call, { Namespace, MetricName, Dimensions = [], NextToken }: ListInput) {
      call.authorize('cloudwatch:ListMetrics', '*');
      const found = series
        .metrics()
        .filter(
          ({ namespace, name, dimensions }) =>
            (Namespace === undefined || namespace === Namespace) &&
            (MetricName === undefined || name === MetricName) &&
            Dimensions.every(({ Name, Value }) =>
              dimensions.some((own) => own.name === Name && (Value === undefined || own.value === Value)),
            ),
        );
      const { items, next } = page(found, NextToken, pageOfMetrics);
      return { Metrics: items.map(describeMetric), NextToken: next };
    },
  };
}

function readRange({ StartTime, EndTime }: Range): { start: number; end: number } {
  if (StartTime === undefined || EndTime === undefined) {
    throw new AwsError('MissingParameter', 'StartTime and EndTime are required.');
  }
  if (StartTime >= EndTime) throw new AwsError('ValidationError', 'StartTime must be less than EndTime.');
  return { start: StartTime * 1000, end: EndTime * 1000 };
}
