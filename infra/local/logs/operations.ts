import { AwsError } from '../errors.ts';
import type { Call, Environment, Operation } from '../service.ts';
import type { LogEvent } from './read-log.ts';

interface LogInput {
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly startTime?: number;
  readonly endTime?: number;
  readonly startFromHead?: boolean;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** Source: CloudWatch Logs API reference, GetLogEvents: 10,000 events at most. */
const mostEvents = 10_000;

/** GetLogEvents, FilterLogEvents (the pattern is a text to be found) and DescribeLogStreams. */
export function logOperations(
  { partition, region, accountId }: Environment,
  read: (group: string) => Promise<readonly LogEvent[] | undefined>,
): Record<string, Operation> {
  const eventsOf = async (call: Call, action: string, input: LogInput): Promise<readonly LogEvent[]> => {
    const { logGroupName: group = '', logStreamName: stream = '', startTime = 0, endTime = Infinity } = input;
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`;
    call.authorize(`logs:${action}`, arn);
    const events = await read(group);
    if (!events) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
  };
  const describe = ({ timestamp, message }: LogEvent) => ({ timestamp, message, ingestionTime: timestamp });

  return {
    async GetLogEvents(call: Call, input: LogInput) {
      const { logStreamName: stream = '', startFromHead = false, limit = mostEvents, nextToken } = input;
      const all = (await eventsOf(call, 'GetLogEvents', input)).filter((event) => event.stream === stream);
      if (all.length === 0) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
      // A token is a direction and a place: `f/120`, `b/20`.
      const [direction, place] = (nextToken ?? (startFromHead ? 'f/0' : `b/${all.length}`)).split('/');
      const at = Number(place);
      if (!Number.isInteger(at) || (direction !== 'f' && direction !== 'b'))
        throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
      const from = direction === 'f' ? at : Math.max(0, at - limit);
      const to = direction === 'f' ? Math.min(all.length, at + limit) : at;
      return { events: all.slice(from, to).map(describe), nextForwardToken: `f/${to}`, nextBackwardToken: `b/${from}` };
    },

    async FilterLogEvents(call: Call, input: LogInput) {
      const { logStreamNames: streams, logStreamNamePrefix: prefix = '', limit = mostEvents, nextToken = '0' } = input;
      const pattern = (input.filterPattern ?? '').replace(/^"(.*)"$/, '$1');
      const found = (await eventsOf(call, 'FilterLogEvents', input)).filter(
        ({ stream, message }) => (streams?.includes(stream) ?? stream.startsWith(prefix)) && message.includes(pattern),
      );
      const end = Number(nextToken) + limit;
      const events = found.slice(Number(nextToken), end);
      return {
        events: events.map((event) => ({ ...describe(event), logStreamName: event.stream })),
        ...(end < found.length ? { nextToken: String(end) } : {}),
      };
    },

    async DescribeLogStreams(call: Call, input: LogInput) {
      const { logStreamNamePrefix: prefix = '' } = input;
      const streams = new Map<string, LogEvent[]>();
      for (const event of await eventsOf(call, 'DescribeLogStreams', input))
        if (event.stream.startsWith(prefix)) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
      const names = [...streams.keys()].sort();
      return {
        logStreams: names.map((logStreamName) => ({
          logStreamName,
          firstEventTimestamp: streams.get(logStreamName)?.at(0)?.timestamp,
          lastEventTimestamp: streams.get(logStreamName)?.at(-1)?.timestamp,
        })),
      };
    },
  };
}
