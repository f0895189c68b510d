import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { BusEntry, State } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createMetrics, type MetricsService } from './index.ts';

const minute = 60_000;
const noon = Date.UTC(2026, 10, 25, 12);
let now = noon;
let cloud: RunningServices;
let metrics: MetricsService;
let state: State;
let client: CloudWatchClient;
let denied = '';
const events: BusEntry[] = [];
const bus = { put: async (entries: readonly BusEntry[]) => void events.push(...entries) };

beforeAll(async () => {
  const identity = {
    ...trustingIdentity,
    authorize: (_: unknown, action: string, resource: string) => {
      if (denied === `${action} ${resource}`) throw new AwsError('AccessDeniedException', `not ${action}`, 403);
    },
  };
  cloud = await startServices((environment, kept) => {
    state = kept;
    metrics = createMetrics({ state, environment, clock: { now: () => now }, events: bus });
    return [metrics];
  }, identity);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new CloudWatchClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});
beforeEach(() => {
  now += 24 * 60 * minute;
  denied = '';
  events.length = 0;
});

const put = (Namespace: string, MetricName: string, Value: number, more: object = {}) =>
  client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Value, ...more }] }));

const statistics = async (Namespace: string, MetricName: string, more: object = {}) => {
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      StartTime: new Date(now - 60 * minute),
      EndTime: new Date(now + minute),
      Period: 60,
      Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
      ExtendedStatistics: ['p50', 'p99'],
      ...more,
    }),
  );
  return Datapoints;
};

const alarm = (AlarmName: string, more: Partial<PutMetricAlarmCommandInput> = {}) =>
  client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Shop',
      MetricName: AlarmName,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ...more,
    }),
  );

const stateOf = async (name: string) => {
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0]?.StateValue;
};

test('what is put is read by period and statistic', async () => {
  for (const value of [1, 2, 3, 10]) await put('Shop', 'Orders', value, { Unit: 'Count' });
  await put('Shop', 'Orders', 7, { Timestamp: new Date(now - 5 * minute) });
  expect(await statistics('Shop', 'Orders')).toMatchObject([
    { Timestamp: new Date(now - 5 * minute), Sum: 7 },
    {
      Timestamp: new Date(now),
      ...{ SampleCount: 4, Sum: 16, Average: 4, Minimum: 1, Maximum: 10 },
      ExtendedStatistics: { p50: 2, p99: 10 },
    },
  ]);
  expect(await statistics('Shop', 'Orders', { Period: 3600 })).toHaveLength(2);
  expect(await statistics('Shop', 'Orders', { Dimensions: [{ Name: 'Tenant', Value: 'a' }] })).toEqual([]);
});

test('values with counts, statistic sets, and a body that the SDK compresses', async () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ MetricName: 'Many', Value: index }));
  await client.send(
    new PutMetricDataCommand({
      Namespace: 'Shop',
      MetricData: [
        ...many,
        { MetricName: 'Counted', Values: [1, 5], Counts: [3, 1] },
        { MetricName: 'Summed', StatisticValues: { SampleCount: 10, Sum: 50, Minimum: 2, Maximum: 9 } },
      ],
    }),
  );
  expect(await statistics('Shop', 'Many')).toMatchObject([{ SampleCount: 500, Maximum: 499 }]);
  expect(await statistics('Shop', 'Counted')).toMatchObject([{ SampleCount: 4, Sum: 8 }]);
  expect(await statistics('Shop', 'Summed')).toMatchObject([{ SampleCount: 10, Average: 5, Minimum: 2, Maximum: 9 }]);
});

test('GetMetricData answers the latest first, and ListMetrics what there is', async () => {
  const Dimensions = [
    { Name: 'Tenant', Value: 'a' },
    { Name: 'Plan', Value: 'basic' },
  ];
  await put('Listed', 'Calls', 1, { Dimensions, Timestamp: new Date(now - minute) });
  await put('Listed', 'Calls', 2, { Dimensions: [...Dimensions].reverse() });
  const query = {
    Id: 'calls',
    MetricStat: { Metric: { Namespace: 'Listed', MetricName: 'Calls', Dimensions }, Period: 60, Stat: 'Maximum' },
  };
  const range = { StartTime: new Date(now - 10 * minute), EndTime: new Date(now + minute) };
  const { MetricDataResults } = await client.send(new GetMetricDataCommand({ MetricDataQueries: [query], ...range }));
  expect(MetricDataResults).toEqual([
    {
      ...{ Id: 'calls', Label: 'Calls', StatusCode: 'Complete', Values: [2, 1] },
      Timestamps: [new Date(now), new Date(now - minute)],
    },
  ]);
  const list = async (filter: object) => (await client.send(new ListMetricsCommand(filter))).Metrics;
  expect(await list({ Namespace: 'Listed', Dimensions: [{ Name: 'Tenant' }] })).toHaveLength(1);
  expect(await list({ Namespace: 'Listed', Dimensions: [{ Name: 'Tenant', Value: 'b' }] })).toEqual([]);
});

test('metrics that log lines embed, and those of other services', async () => {
  const line = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: 'Embedded', Dimensions: [['service'], []], Metrics: [{ Name: 'Faults' }, { Name: 'Absent' }] },
      ],
    },
    service: 'orders',
    Faults: [1, 2],
  };
  metrics.readLog(['plain', '{"CloudWatchMetrics"', '{"_aws":null,"CloudWatchMetrics":1}', JSON.stringify(line)]);
  metrics.record('AWS/Lambda', { FunctionName: 'orders' }, { Invocations: 1, Errors: 0 });
  const Dimensions = [{ Name: 'service', Value: 'orders' }];
  expect(await statistics('Embedded', 'Faults', { Dimensions })).toMatchObject([{ SampleCount: 2, Sum: 3 }]);
  expect(await statistics('Embedded', 'Faults')).toMatchObject([{ Sum: 3 }]);
  const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'AWS/Lambda' }));
  expect(Metrics?.map(({ MetricName }) => MetricName)).toEqual(['Invocations', 'Errors']);
});

test('an alarm goes off, calms down, and tells the default bus of each change', async () => {
  await alarm('Faults', { TreatMissingData: 'notBreaching', AlarmDescription: 'Too many' });
  expect(await stateOf('Faults')).toBe('INSUFFICIENT_DATA');
  await metrics.evaluateAlarms();
  expect(await stateOf('Faults')).toBe('OK');
  await put('Shop', 'Faults', 3);
  await metrics.evaluateAlarms();
  await metrics.evaluateAlarms();
  expect(await stateOf('Faults')).toBe('ALARM');
  now += 2 * minute;
  await metrics.evaluateAlarms();
  expect(await stateOf('Faults')).toBe('OK');
  expect(events.map(({ detail }) => (detail as { state: { value: string } }).state.value)).toEqual([
    'OK',
    'ALARM',
    'OK',
  ]);
  expect(events[1]).toMatchObject({
    busName: 'default',
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: ['arn:aws:cloudwatch:us-east-1:000000000000:alarm:Faults'],
    detail: {
      alarmName: 'Faults',
      previousState: { value: 'OK' },
      configuration: { description: 'Too many', metrics: [{ metricStat: { stat: 'Sum', period: 60 } }] },
    },
  });
});

test('a state that is set by hand holds for a minute; alarms are found by name, prefix and state', async () => {
  await alarm('set-a', { TreatMissingData: 'notBreaching' });
  await alarm('set-b');
  await client.send(new SetAlarmStateCommand({ AlarmName: 'set-a', StateValue: 'ALARM', StateReason: 'a drill' }));
  now += minute / 2;
  await metrics.evaluateAlarms();
  const find = async (filter: object) => {
    const { MetricAlarms = [], NextToken } = await client.send(new DescribeAlarmsCommand(filter));
    return [...MetricAlarms.map(({ AlarmName }) => AlarmName), ...(NextToken === undefined ? [] : ['more'])];
  };
  expect(await find({ AlarmNamePrefix: 'set-' })).toEqual(['set-a', 'set-b']);
  expect(await find({ AlarmNamePrefix: 'set-', MaxRecords: 1 })).toEqual(['set-a', 'more']);
  expect(await find({ AlarmNamePrefix: 'set-', StateValue: 'ALARM' })).toEqual(['set-a']);
  expect(await find({ AlarmNames: ['set-b', 'other'] })).toEqual(['set-b']);
  expect(await find({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
  now += minute;
  await metrics.evaluateAlarms();
  expect(await stateOf('set-a')).toBe('OK');
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['set-a'] }));
  expect(await find({ AlarmNamePrefix: 'set-' })).toEqual(['set-b']);
});

test('alarms and their states survive a restart', async () => {
  await alarm('kept');
  await client.send(new SetAlarmStateCommand({ AlarmName: 'kept', StateValue: 'ALARM', StateReason: 'before' }));
  const again = createMetrics({ state, environment: cloud.environment, clock: { now: () => now }, events: bus });
  events.length = 0;
  await again.evaluateAlarms();
  expect(await stateOf('kept')).toBe('ALARM');
});

test('AWS::CloudWatch::Alarm as CDK writes it', async () => {
  const [provider] = metrics.providers ?? [];
  if (!provider) throw new Error('no provider');
  const scope = { stackName: 'stack', stackId: 'id', logicalId: 'Slow', tags: {}, token: '0123456789abcdef' };
  const properties = {
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: [{ Name: 'FunctionName', Value: 'orders' }],
    ...{ EvaluationPeriods: 3, DatapointsToAlarm: 2, ExtendedStatistic: 'p99', MetricName: 'Duration' },
    ...{ Namespace: 'AWS/Lambda', Period: 300, Threshold: 500, TreatMissingData: 'notBreaching' },
  };
  const made = await provider.create({ ...scope, properties });
  expect(made).toEqual({
    physicalId: 'stack-Slow-0123456789ab',
    attributes: { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:stack-Slow-0123456789ab' },
  });
  expect(await provider.create({ ...scope, properties })).toEqual(made);
  await expect(
    provider.create({ ...scope, token: 'another-token', properties: { ...properties, AlarmName: made.physicalId } }),
  ).rejects.toThrow('already');
  for (let index = 0; index < 2; index += 1) {
    metrics.record('AWS/Lambda', { FunctionName: 'orders' }, { Duration: 900 });
    now += 5 * minute;
  }
  await metrics.evaluateAlarms();
  expect(await stateOf(made.physicalId)).toBe('ALARM');
  await provider.delete({ ...scope, ...made, properties });
  await provider.delete({ ...scope, ...made, properties });
  expect(await stateOf(made.physicalId)).toBeUndefined();
  await expect(
    provider.create({ ...scope, properties: { ...properties, AlarmActions: ['arn:aws:sns:x'] } }),
  ).rejects.toThrow('Alarm actions are not supported');
});

test.each([
  ['no threshold', () => alarm('bad', { Threshold: undefined }), 'MissingRequiredParameterException'],
  ['an odd period', () => alarm('bad', { Period: 61 }), 'InvalidParameterValueException'],
  ['an unknown statistic', () => alarm('bad', { Statistic: 'Median' as 'Sum' }), 'InvalidParameterValueException'],
  ['more datapoints than periods', () => alarm('bad', { DatapointsToAlarm: 2 }), 'InvalidParameterValueException'],
  ['an expression', () => alarm('bad', { Metrics: [{ Id: 'e', Expression: '1' }] }), 'InvalidParameterValueException'],
  ['a namespace of AWS', () => put('AWS/Lambda', 'Errors', 1), 'InvalidParameterValueException'],
  ['a time long ago', () => put('Shop', 'Old', 1, { Timestamp: new Date(0) }), 'InvalidParameterValueException'],
  ['an alarm that is not', () => client.send(new DeleteAlarmsCommand({ AlarmNames: ['none'] })), 'ResourceNotFound'],
])('%s is refused by name', async (_, call, name) => {
  await expect(call()).rejects.toMatchObject({ name });
  expect(await stateOf('bad')).toBeUndefined();
});

test.each([
  ['PutMetricData *', () => put('Shop', 'Denied', 1)],
  ['ListMetrics *', () => client.send(new ListMetricsCommand({}))],
  ['PutMetricAlarm arn:aws:cloudwatch:us-east-1:000000000000:alarm:denied', () => alarm('denied')],
  ['DescribeAlarms arn:aws:cloudwatch:us-east-1:000000000000:alarm:*', () => stateOf('denied')],
])('%s needs permission', async (permission, call) => {
  denied = `cloudwatch:${permission}`;
  await expect(call()).rejects.toThrow('not cloudwatch:');
});
