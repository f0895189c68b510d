import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { SbtEvent } from './sbt-event.ts';

export interface Publisher {
  readonly eventBridge: Pick<EventBridgeClient, 'send'>;
  readonly busName: string;
}

/** The bus has not taken all of them. */
export class EventsRefusedError extends Error {
  override readonly name = 'EventsRefusedError';
  constructor(readonly refused: readonly string[]) {
    super(`The bus took all events but these: ${refused.join('; ')}; all of them are to be sent again`);
  }
}

/** Source: Amazon EventBridge API reference, PutEvents. */
const mostEntries = 10;

/**
 * Puts events on the bus, in their order. Where it throws, some may be on the bus: whoever calls is called again by the stream, and
 * receivers drop what they have by `eventId`.
 *
 * @throws EventsRefusedError
 */
export async function publishEvents(events: readonly SbtEvent[], { eventBridge, busName }: Publisher): Promise<void> {
  for (let first = 0; first < events.length; first += mostEntries) {
    const Entries = events.slice(first, first + mostEntries).map(({ source, detailType, detail }) => ({
      EventBusName: busName,
      Source: source,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    }));
    const { Entries: answers = [] } = await eventBridge.send(new PutEventsCommand({ Entries }));
    const refused = answers.flatMap(({ ErrorCode, ErrorMessage }, index) =>
      ErrorCode ? [`${Entries[index]?.DetailType}: ${ErrorCode} ${ErrorMessage ?? ''}`] : [],
    );
    if (refused.length > 0) throw new EventsRefusedError(refused);
  }
}
