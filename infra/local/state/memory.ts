import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Collection, State } from '../service.ts';
import { createBlobs } from './blobs.ts';

/** State that ends with the process: for tests, and for a cloud that is to keep nothing. Blobs need a folder all the same. */
export function createMemoryState(folder: string = mkdtempSync(join(tmpdir(), 'local-cloud-'))): State {
  const collections = new Map<string, Collection<unknown>>();
  return {
    blobs: createBlobs(join(folder, 'blobs')),
    collection<Value>(name: string): Collection<Value> {
      const existing = collections.get(name) ?? new MemoryCollection<unknown>();
      collections.set(name, existing);
      return existing as Collection<Value>;
    },
  };
}

/** A collection that is gone with the process. Writes show at once. */
export class MemoryCollection<Value> implements Collection<Value> {
  readonly #documents = new Map<string, Value>();

  get size(): number {
    return this.#documents.size;
  }

  get(id: string): Value | undefined {
    return this.#documents.get(id);
  }

  has(id: string): boolean {
    return this.#documents.has(id);
  }

  ids(): IterableIterator<string> {
    return this.#documents.keys();
  }

  values(): IterableIterator<Value> {
    return this.#documents.values();
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#documents.entries();
  }

  put(id: string, value: Value): Promise<void> {
    this.#documents.set(id, value);
    return Promise.resolve();
  }

  delete(id: string): Promise<void> {
    this.#documents.delete(id);
    return Promise.resolve();
  }
}
