import { AwsError } from '../../errors.ts';
import type { BusEntry, EventBuses, Identity, Json, Principal } from '../../service.ts';
import { badRequestObject } from '../execution/field-failure.ts';
import type { DataSource } from './data-source.ts';
import { optional, requireList, requireObject, requireText } from './request-object.ts';

/**
 * AMAZON_EVENTBRIDGE: `PutEvents`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-eventbridge-js.html
 */
export function eventBridgeDataSource(
  events: EventBuses,
  identity: Identity,
  assume: () => Principal,
  eventBusArn: string,
): DataSource {
  const busName = eventBusArn.slice(eventBusArn.lastIndexOf('/') + 1);
  return {
    async invoke(request) {
      const { operation, events: given } = requireObject(request, '', ['version', 'operation', 'events']);
      if (operation !== 'PutEvents') throw badRequestObject(`Unsupported operation '${String(operation)}'.`);
      const entries = requireList(given, 'events').map((entry, index) => readEntry(busName, entry, `events[${index}]`));
      try {
        identity.authorize(assume(), 'events:PutEvents', eventBusArn);
        await events.put(entries);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { result: null, error: { type: `EventBridge:${error.code}`, message: error.message } };
      }
      return { result: { Entries: entries.map(() => ({ ErrorCode: null, ErrorMessage: null })), FailedEntryCount: 0 } };
    },
  };
}

function readEntry(busName: string, value: Json, path: string): BusEntry {
  const entry = requireObject(value, path, ['source', 'detail', 'detailType', 'resources', 'time']);
  if (entry['time'] !== undefined && entry['time'] !== null) {
    throw badRequestObject(`Element '$[${path}][time]' is not supported by this cloud.`);
  }
  const resources = optional(entry['resources'], (list) =>
    requireList(list, `${path}][resources`).map((resource) => requireText(resource, `${path}][resources`)),
  );
  return {
    busName,
    source: requireText(entry['source'], `${path}][source`),
    detailType: requireText(entry['detailType'], `${path}][detailType`),
    detail: requireObject(entry['detail'], `${path}][detail`),
    ...(resources && { resources }),
  };
}
