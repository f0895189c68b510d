import type { BusEntry, Collection, EventBuses } from '../service.ts';

/** A document that carries the events that it still has to tell. */
export interface Telling {
  readonly unsent: readonly Unsent[];
}

interface Unsent {
  readonly id: string;
  readonly entry: BusEntry;
}

export interface Outbox<Value extends Telling> {
  /** Puts the document and tells the events of its change, each at least once; resolves when both are durable. */
  save(key: string, value: Value, entries?: readonly BusEntry[]): Promise<void>;
  /** Tells what was still to be told when the host ended. */
  resume(): Promise<void>;
}

/** A change and its events are one document until the bus has the events: a host that dies between loses neither. */
export function createOutbox<Value extends Telling>(
  documents: Collection<Value>,
  events: EventBuses,
  newId: () => string,
): Outbox<Value> {
  const send = async (key: string, unsent: readonly Unsent[]): Promise<void> => {
    await events.put(unsent.map(({ entry }) => entry));
    const current = documents.get(key);
    if (!current) return;
    const sent = new Set(unsent.map(({ id }) => id));
    await documents.put(key, { ...current, unsent: current.unsent.filter(({ id }) => !sent.has(id)) });
  };

  return {
    async save(key, value, entries = []) {
      const added = entries.map((entry) => ({ id: newId(), entry }));
      const written = documents.put(key, { ...value, unsent: [...value.unsent, ...added] });
      await Promise.all([written, added.length > 0 ? send(key, added) : undefined]);
    },
    async resume() {
      const waiting = [...documents.entries()].filter(([, { unsent }]) => unsent.length > 0);
      await Promise.all(waiting.map(([key, { unsent }]) => send(key, unsent)));
    },
  };
}
