import { AwsError } from '../../errors.ts';
import type { Call, Json, PutEventsEntry, PutEventsResult } from '../../service.ts';
import { isObject } from '../patterns/validate-pattern.ts';
import { makeEvent, type Publication } from '../publish.ts';
import { busName, type EventStore } from '../store.ts';

/** @throws AwsError if nothing is taken */
export type PutEvents = (
  caller: Pick<Call, 'authorize'>,
  entries: readonly PutEventsEntry[],
) => Promise<PutEventsResult>;

/** Source: EventBridge API Reference, PutEvents; EventBridge User Guide, "Calculating PutEvents event entry size". */
const mostEntries = 10;
const mostBytes = 256 * 1024;

export function createPutEvents(
  store: EventStore,
  newId: () => string,
  publish: (publications: readonly Publication[]) => Promise<void>,
): PutEvents {
  return async (caller, entries) => {
    if (entries.length === 0 || entries.length > mostEntries) {
      throw new AwsError(
        'ValidationException',
        `${entries.length} entries: Member must have length from 1 to ${mostEntries}`,
      );
    }
    for (const { EventBusName, Source = '', DetailType = '' } of entries) {
      caller.authorize('events:PutEvents', store.busArn(busName(EventBusName)), {
        'events:source': Source,
        'events:detail-type': DetailType,
      });
    }
    const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > mostBytes)
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');

    const publications: Publication[] = [];
    const answers = entries.map((entry) => {
      const problem = problemOf(store, entry);
      if (problem) return { ErrorCode: problem[0], ErrorMessage: problem[1] };
      const id = newId();
      publications.push({ bus: busName(entry.EventBusName), event: eventOf(store, id, entry) });
      return { EventId: id };
    });
    await publish(publications);
    return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
  };
}

function problemOf(store: EventStore, entry: PutEventsEntry): readonly [code: string, message: string] | undefined {
  for (const member of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[member])
      return ['InvalidArgument', `Parameter ${member} is not valid. Reason: ${member} is a required argument.`];
  }
  if (entry.Source?.startsWith('aws.')) return ['NotAuthorizedForSourceException', 'Not authorized for the source.'];
  if (!isObject(parse(entry.Detail))) return ['MalformedDetail', 'Detail is malformed.'];
  const bus = busName(entry.EventBusName);
  if (!store.findBus(bus))
    return ['InvalidArgument', `Parameter EventBusName is not valid. Reason: Event bus ${bus} does not exist.`];
  return undefined;
}

function eventOf(store: EventStore, id: string, entry: PutEventsEntry) {
  return makeEvent(store, id, {
    source: entry.Source as string,
    detailType: entry.DetailType as string,
    detail: parse(entry.Detail) as Json,
    resources: entry.Resources ?? [],
    time: entry.Time === undefined ? undefined : entry.Time * 1000,
  });
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // Reported as MalformedDetail.
    return undefined;
  }
}

function sizeOf({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : 14);
}
