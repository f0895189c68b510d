import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { alarmArn, describeAlarm, oneOf, readAlarm, states, type AlarmInput } from '../alarms/alarm.ts';
import type { MetricsParts } from '../parts.ts';
import { page } from './page.ts';

interface DescribeInput {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly StateValue?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

interface StateInput {
  readonly AlarmName?: string;
  readonly StateValue?: string;
  readonly StateReason?: string;
  readonly StateReasonData?: string;
}

/** A state that was set by hand stays for so long: on AWS, until the next evaluation. */
const heldMilliseconds = 60_000;
const mostRecords = 100;

export function alarmOperations({ alarms, environment, clock }: MetricsParts): Record<string, Operation> {
  const arnOf = (name: string): string => alarmArn(environment, name);

  return {
    async PutMetricAlarm(call: Call, input: AlarmInput) {
      call.authorize('cloudwatch:PutMetricAlarm', arnOf(input.AlarmName ?? ''));
      await alarms.configure(readAlarm(input));
    },

    DescribeAlarms(call: Call, input: DescribeInput) {
      call.authorize('cloudwatch:DescribeAlarms', arnOf('*'));
      const { AlarmNames: names, AlarmNamePrefix: prefix = '', AlarmTypes: types, MaxRecords = mostRecords } = input;
      if (names && prefix) {
        throw new AwsError('InvalidParameterCombination', 'AlarmNames and AlarmNamePrefix exclude each other.');
      }
      const state = input.StateValue === undefined ? undefined : oneOf('StateValue', input.StateValue, states);
      const all = types === undefined || types.includes('MetricAlarm') ? alarms.all() : [];
      const found = all.filter(
        (alarm) =>
          alarm.name.startsWith(prefix) &&
          (names?.includes(alarm.name) ?? true) &&
          (state === undefined || alarm.state.value === state),
      );
      const { items, next } = page(found, input.NextToken, Math.min(MaxRecords, mostRecords));
      return {
        MetricAlarms: items.map((alarm) => describeAlarm(alarm, environment)),
        CompositeAlarms: [],
        NextToken: next,
      };
    },

    async SetAlarmState(call: Call, input: StateInput) {
      const { AlarmName: name = '', StateReason: reason, StateReasonData: reasonData } = input;
      call.authorize('cloudwatch:SetAlarmState', arnOf(name));
      const value = oneOf('StateValue', input.StateValue, states);
      if (reason === undefined) throw new AwsError('MissingParameter', 'The parameter StateReason is required.');
      const at = clock.now();
      await alarms.change(alarms.get(name), { value, reason, reasonData, at }, at + heldMilliseconds);
    },

    async DeleteAlarms(call: Call, { AlarmNames: names = [] }: DescribeInput) {
      for (const name of names) call.authorize('cloudwatch:DeleteAlarms', arnOf(name));
      for (const name of names) alarms.get(name);
      for (const name of names) await alarms.delete(name);
    },
  };
}
