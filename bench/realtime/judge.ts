import { eventName, type Heard } from './protocol.ts';

export interface Sent {
  readonly tenant: number;
  readonly sequence: number;
  /** Milliseconds since the epoch, before the change was asked for. */
  readonly at: number;
}

export interface Judgement {
  /** Milliseconds from the request that changes something to each subscriber that hears of it. */
  readonly delays: readonly number[];
  /** Deliveries that did not come. */
  readonly missing: number;
  /** Deliveries to another tenant, or of what nobody sent. */
  readonly wrong: number;
  /** Deliveries that came again: a stream delivers at least once. */
  readonly repeated: number;
}

/** Holds what was heard against what was sent: each event once to each connection of its tenant, and to no other. */
export function judge(sent: readonly Sent[], heard: readonly Heard[], connectionsOfTenant: number): Judgement {
  const byName = new Map(sent.map((event) => [eventName(event.tenant, event.sequence), event]));
  const seen = new Set<string>();
  const delays: number[] = [];
  let [wrong, repeated] = [0, 0];
  for (const { name, tenant, connection, at } of heard) {
    const event = byName.get(name);
    const delivery = `${connection} ${name}`;
    if (event?.tenant !== tenant) wrong += 1;
    else if (seen.has(delivery)) repeated += 1;
    else {
      seen.add(delivery);
      delays.push(at - event.at);
    }
  }
  return { delays, missing: sent.length * connectionsOfTenant - seen.size, wrong, repeated };
}
