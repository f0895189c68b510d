import { randomUUID } from 'node:crypto';
import type { Clock, State } from '../../service.ts';
import type { StackEvent } from './model.ts';

export interface EventLog {
  append(event: Omit<StackEvent, 'eventId' | 'timestamp'>): void;
  /** The newest first. */
  of(stackId: string): StackEvent[];
  /** Resolves when everything appended so far is durable. */
  flush(): Promise<void>;
  listen(listener: (event: StackEvent) => void): () => void;
}

interface Page {
  readonly stackId: string;
  readonly number: number;
  readonly events: readonly StackEvent[];
}

const pageSize = 100;

/** Stack events, written by the page: a large stack has hundreds within a second. */
export function createEventLog(state: State, clock: Clock): EventLog {
  const pages = state.collection<Page>('cloudformation/events');
  const byStack = new Map<string, StackEvent[]>();
  const listeners = new Set<(event: StackEvent) => void>();
  const unwritten = new Set<string>();
  let writing: Promise<void> | undefined;

  for (const page of [...pages.values()].sort((left, right) => left.number - right.number)) {
    eventsOf(page.stackId).push(...page.events);
  }

  function eventsOf(stackId: string): StackEvent[] {
    const events = byStack.get(stackId) ?? [];
    byStack.set(stackId, events);
    return events;
  }

  async function writeAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const batch = [...unwritten];
    unwritten.clear();
    await Promise.all(
      batch.map((id) => {
        const at = id.lastIndexOf('#');
        const [stackId, number] = [id.slice(0, at), Number(id.slice(at + 1))];
        const events = eventsOf(stackId).slice(number * pageSize, (number + 1) * pageSize);
        return pages.put(id, { stackId, number, events });
      }),
    );
  }

  const write = async (): Promise<void> => {
    while (unwritten.size > 0) {
      writing ??= writeAll().finally(() => (writing = undefined));
      await writing;
    }
    await writing;
  };

  return {
    append(given) {
      const event: StackEvent = { ...given, eventId: randomUUID(), timestamp: clock.now() };
      const events = eventsOf(event.stackId);
      unwritten.add(`${event.stackId}#${Math.floor(events.length / pageSize)}`);
      events.push(event);
      for (const listener of listeners) listener(event);
    },
    of: (stackId) => [...(byStack.get(stackId) ?? [])].reverse(),
    flush: write,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
