import type { TableStreams } from '../service.ts';
import type { TableNames } from './names.ts';

export interface StreamListeners extends TableStreams {
  /** Tells the listeners of these tables soon; several writes at once tell them once. */
  written(tables: readonly string[]): void;
}

export function createStreamListeners(names: TableNames): StreamListeners {
  const listeners = new Map<string, Set<() => void>>();
  const due = new Set<string>();

  const tell = (): void => {
    const tables = [...due];
    due.clear();
    for (const table of tables) for (const listener of listeners.get(table) ?? []) listener();
  };

  return {
    onWrite(streamArn, listener) {
      const { table } = names.streamOf(streamArn);
      // A wrapper, so that one function may listen twice.
      const entry = (): void => listener();
      const entries = listeners.get(table) ?? new Set();
      listeners.set(table, entries.add(entry));
      return () => {
        entries.delete(entry);
        if (entries.size === 0 && listeners.get(table) === entries) listeners.delete(table);
      };
    },
    written(tables) {
      for (const table of tables) {
        if (!listeners.has(table)) continue;
        if (due.size === 0) setImmediate(tell);
        due.add(table);
      }
    },
  };
}
