import { AwsError } from '../../errors.ts';
import type { EventIngestion, Json, Principal, PutEventsEntry } from '../../service.ts';
import { isDateTime } from '../definition/date-time.ts';
import { badRequestObject } from '../execution/field-failure.ts';
import type { DataSource } from './data-source.ts';
import { optional, requireList, requireObject, requireText } from './request-object.ts';

/**
 * AMAZON_EVENTBRIDGE: `PutEvents`. The result is EventBridge's own: what became of each event, in their order.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-eventbridge-js.html
 */
export function eventBridgeDataSource(
  events: EventIngestion,
  assume: () => Principal,
  eventBusArn: string,
): DataSource {
  return {
    async invoke(request) {
      const { operation, events: given } = requireObject(request, '', ['version', 'operation', 'events']);
      if (operation !== 'PutEvents') throw badRequestObject(`Unsupported operation '${String(operation)}'.`);
      const entries = requireList(given, 'events').map((entry, index) =>
        readEntry(eventBusArn, entry, `events][${index}`),
      );
      try {
        return { result: await events.putEvents(assume(), entries) };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { result: null, error: { type: `EventBridge:${error.code}`, message: error.message } };
      }
    },
  };
}

function readEntry(eventBusArn: string, value: Json, path: string): PutEventsEntry {
  const entry = requireObject(value, path, ['source', 'detail', 'detailType', 'resources', 'time']);
  const resources = optional(entry['resources'], (list) =>
    requireList(list, `${path}][resources`).map((resource) => requireText(resource, `${path}][resources`)),
  );
  const time = optional(entry['time'], (text) => requireTime(text, `${path}][time`));
  return {
    EventBusName: eventBusArn,
    Source: requireText(entry['source'], `${path}][source`),
    DetailType: requireText(entry['detailType'], `${path}][detailType`),
    Detail: JSON.stringify(requireObject(entry['detail'], `${path}][detail`)),
    ...(resources && { Resources: resources }),
    ...(time !== undefined && { Time: time }),
  };
}

/** Of a text in RFC 3339, the seconds since the epoch. */
function requireTime(value: Json, path: string): number {
  const text = requireText(value, path);
  const milliseconds = isDateTime(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  throw badRequestObject(`Value for field '$[${path}]' is not a time such as 2023-01-01T00:30:00.000Z.`);
}
