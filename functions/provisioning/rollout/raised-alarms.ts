import { type CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { RaisedAlarm } from './wave-build.ts';

/** Alarms are named after their stack, and tenant stacks after the product. */
const prefix = 'cotenant-';

/** The alarms of tenant stacks that are raised now, and since when each is. */
export async function raisedAlarms(client: CloudWatchClient): Promise<RaisedAlarm[]> {
  const raised: RaisedAlarm[] = [];
  for await (const page of paginateDescribeAlarms({ client }, { AlarmNamePrefix: prefix, StateValue: 'ALARM' })) {
    for (const alarm of page.MetricAlarms ?? []) {
      raised.push({
        name: alarm.AlarmName ?? '',
        reason: alarm.StateReason ?? '',
        since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? new Date(0),
      });
    }
  }
  return raised;
}
