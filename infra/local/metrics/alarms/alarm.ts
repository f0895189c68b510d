import { AwsError } from '../../errors.ts';
import type { Environment } from '../../service.ts';
import { describeMetric, readMetric, type Metric, type MetricInput } from '../data/metric.ts';
import { requirePeriod, statisticNamed } from '../data/statistics.ts';

export const states = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof states)[number];

const missingTreatments = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;

export const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;

export interface AlarmSettings {
  readonly name: string;
  readonly description?: string | undefined;
  readonly actionsEnabled: boolean;
  readonly metric: Metric;
  /** `Sum`, `p99` … */
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: keyof typeof comparisons;
  readonly treatMissingData: (typeof missingTreatments)[number];
  readonly unit?: string | undefined;
}

export interface StateChange {
  readonly value: AlarmState;
  readonly reason: string;
  /** JSON. */
  readonly reasonData?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Alarm extends AlarmSettings {
  readonly configuredAt: number;
  readonly state: StateChange;
  /** Set by SetAlarmState: not evaluated again before this time. */
  readonly heldUntil?: number | undefined;
  /** Of the CloudFormation creation that made it, to recognise the same one run again. */
  readonly token?: string | undefined;
}

/** PutMetricAlarm's input, and the properties of AWS::CloudWatch::Alarm. */
export interface AlarmInput extends MetricInput {
  readonly AlarmName?: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly ComparisonOperator?: string;
  readonly DatapointsToAlarm?: number;
  readonly EvaluationPeriods?: number;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Statistic?: string;
  readonly Threshold?: number;
  readonly TreatMissingData?: string;
  readonly Unit?: string;
  readonly AlarmActions?: readonly string[];
  readonly OKActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
}

const unsupported = ['Metrics', 'ThresholdMetricId', 'EvaluateLowSampleCountPercentile', 'EvaluationCriteria'];

/** Throws what CloudWatch would, and names what is not supported here. */
export function readAlarm(input: AlarmInput): AlarmSettings {
  const { AlarmName: name, Statistic, ExtendedStatistic, EvaluationPeriods: periods, Threshold: threshold } = input;
  if (!name) throw new AwsError('MissingParameter', 'The parameter AlarmName is required.');
  const strange = unsupported.find((property) => property in input);
  if (strange) throw refusal(`${strange} is not supported here: an alarm watches one metric.`);
  const actions = [input.AlarmActions, input.OKActions, input.InsufficientDataActions].flatMap((list) => list ?? []);
  if (actions.length > 0) {
    throw refusal(
      `Alarm actions are not supported here (${actions.join(', ')}): have a rule match its events instead.`,
    );
  }
  const statistic = Statistic ?? ExtendedStatistic;
  if (!statistic) throw new AwsError('MissingParameter', 'Statistic or ExtendedStatistic is required.');
  statisticNamed(statistic);
  if (!isWhole(periods)) throw refusal(`EvaluationPeriods ${periods}: expected a whole number from 1.`);
  const datapointsToAlarm = input.DatapointsToAlarm ?? periods;
  if (!isWhole(datapointsToAlarm) || datapointsToAlarm > periods) {
    throw refusal(`DatapointsToAlarm ${datapointsToAlarm}: expected 1 to EvaluationPeriods, which is ${periods}.`);
  }
  if (typeof threshold !== 'number') throw new AwsError('MissingParameter', 'The parameter Threshold is required.');
  return {
    name,
    description: input.AlarmDescription,
    actionsEnabled: input.ActionsEnabled ?? true,
    metric: readMetric(input),
    statistic,
    period: requirePeriod(input.Period),
    evaluationPeriods: periods,
    datapointsToAlarm,
    threshold,
    comparison: oneOf(
      'ComparisonOperator',
      input.ComparisonOperator,
      Object.keys(comparisons),
    ) as AlarmSettings['comparison'],
    treatMissingData: oneOf('TreatMissingData', input.TreatMissingData ?? 'missing', missingTreatments),
    unit: input.Unit,
  };
}

export function alarmArn({ partition, region, accountId }: Environment, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${name}`;
}

/** As DescribeAlarms answers it. */
export function describeAlarm(alarm: Alarm, environment: Environment) {
  const isPlain = !alarm.statistic.startsWith('p');
  return {
    AlarmName: alarm.name,
    AlarmArn: alarmArn(environment, alarm.name),
    AlarmDescription: alarm.description,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    ActionsEnabled: alarm.actionsEnabled,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    StateValue: alarm.state.value,
    StateReason: alarm.state.reason,
    StateReasonData: alarm.state.reasonData,
    StateUpdatedTimestamp: new Date(alarm.state.at),
    StateTransitionedTimestamp: new Date(alarm.state.at),
    ...describeMetric(alarm.metric),
    ...(isPlain ? { Statistic: alarm.statistic } : { ExtendedStatistic: alarm.statistic }),
    Period: alarm.period,
    Unit: alarm.unit,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    TreatMissingData: alarm.treatMissingData,
  };
}

export function oneOf<Value extends string>(name: string, value: string | undefined, known: readonly Value[]): Value {
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw refusal(`${name} ${value}: expected one of ${known.join(', ')}.`);
  return found;
}

function isWhole(value: number | undefined): value is number {
  return Number.isInteger(value) && (value ?? 0) > 0;
}

function refusal(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
