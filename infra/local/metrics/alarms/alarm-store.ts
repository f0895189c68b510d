import { AwsError } from '../../errors.ts';
import type { Clock, Environment, EventBuses, State } from '../../service.ts';
import { describeMetric } from '../data/metric.ts';
import { alarmArn, type Alarm, type AlarmSettings, type StateChange } from './alarm.ts';

export type AlarmStore = ReturnType<typeof createAlarmStore>;

export interface AlarmStoreDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly events: EventBuses;
}

/** Alarms and their states, durable; each change of a state is an event of the default bus. */
export function createAlarmStore({ state, environment, clock, events }: AlarmStoreDependencies) {
  const alarms = state.collection<Alarm>('metrics/alarms');

  return {
    all: (): Alarm[] => [...alarms.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    find: (name: string): Alarm | undefined => alarms.get(name),
    get(name: string): Alarm {
      const alarm = alarms.get(name);
      if (!alarm) throw new AwsError('ResourceNotFound', `There is no alarm ${name}.`, 404);
      return alarm;
    },
    delete: (name: string): Promise<void> => alarms.delete(name),

    /** Makes an alarm, or changes one and leaves its state. */
    async configure(settings: AlarmSettings, token?: string): Promise<void> {
      const existing = alarms.get(settings.name);
      const now = clock.now();
      const first: StateChange = { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', at: now };
      await alarms.put(settings.name, {
        ...settings,
        configuredAt: now,
        state: existing?.state ?? first,
        token: token ?? existing?.token,
      });
    },

    /** The event goes out first: a crash in between repeats it and loses none. */
    async change(alarm: Alarm, change: StateChange, heldUntil?: number): Promise<void> {
      if (change.value !== alarm.state.value) {
        await events.put([
          {
            busName: 'default',
            source: 'aws.cloudwatch',
            detailType: 'CloudWatch Alarm State Change',
            resources: [alarmArn(environment, alarm.name)],
            detail: {
              alarmName: alarm.name,
              state: describeState(change),
              previousState: describeState(alarm.state),
              configuration: describeConfiguration(alarm),
            },
          },
        ]);
      }
      const latest = alarms.get(alarm.name);
      if (latest) await alarms.put(alarm.name, { ...latest, state: change, heldUntil });
    },
  };
}

function describeState({ value, reason, reasonData, at }: StateChange) {
  const timestamp = new Date(at).toISOString().replace('Z', '+0000');
  return { value, reason, timestamp, ...(reasonData === undefined ? {} : { reasonData }) };
}

/** Source: CloudWatch user guide, "Alarm events and EventBridge". */
function describeConfiguration({ name, description, metric, period, statistic }: Alarm) {
  const { Namespace: namespace, MetricName, Dimensions } = describeMetric(metric);
  const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
  const metricStat = { metric: { namespace, name: MetricName, dimensions }, period, stat: statistic };
  return {
    ...(description === undefined ? {} : { description }),
    metrics: [{ id: `m-${name}`, metricStat, returnData: true }],
  };
}
