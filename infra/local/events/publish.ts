import type { BusEntry } from '../service.ts';
import type { Deliveries } from './delivery/deliveries.ts';
import { matchPattern } from './patterns/match-pattern.ts';
import type { BusEvent, EventStore } from './store.ts';

/** Events with the bus that they go to. */
export interface Publication {
  readonly bus: string;
  readonly event: BusEvent;
}

/** Matches events against the rules of their buses; resolves when every delivery is durable. */
export async function publish(
  store: EventStore,
  deliveries: Deliveries,
  publications: readonly Publication[],
): Promise<void> {
  const matched = publications.flatMap(({ bus, event }) =>
    store
      .rulesOf(bus)
      .filter(({ enabled, pattern }) => enabled && pattern !== undefined && matchPattern(pattern, event))
      .map((rule) => ({ rule, event })),
  );
  await deliveries.add(matched);
}

export function makeEvent(
  { environment, clock }: EventStore,
  id: string,
  entry: Omit<BusEntry, 'busName'> & { readonly time?: number | undefined },
): BusEvent {
  return {
    version: '0',
    id,
    'detail-type': entry.detailType,
    source: entry.source,
    account: environment.accountId,
    time: new Date(entry.time ?? clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: environment.region,
    resources: entry.resources ?? [],
    detail: entry.detail,
  };
}
