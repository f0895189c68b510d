import { join } from 'node:path';
import { startEngine } from '../../infra/local/dynamodb/engine.ts';
import { cloneTenant, itemsOfTenant, type StoredItem } from './clone-tenant.ts';
import { allItems, putItems } from './engine-items.ts';
import { skipStreams } from './skip-streams.ts';

export interface LoadOptions {
  /** Of a local cloud that is stopped. */
  readonly folder: string;
  /** A tenant that signed up there, with data. */
  readonly original: { readonly tenantId: string; readonly slug: string };
  /** Clones to make: from this number to before that one. */
  readonly from: number;
  readonly to: number;
}

/** Copies one tenant as it is stored, its account and data included, into the engine of a local cloud that is stopped; answers the items. */
export async function loadTenants({ folder, original, from, to }: LoadOptions): Promise<number> {
  const engine = await startEngine({ folder: join(folder, 'dynamodb'), variables: {} });
  try {
    const all = await allItems(engine.endpoint);
    const items = itemsOfTenant(all, [original.tenantId, original.slug]);
    const written = await putItems(engine.endpoint, clones(items, original.slug, from, to));
    await skipStreams(engine.endpoint, all);
    return written;
  } finally {
    await engine.stop();
  }
}

function* clones(items: readonly StoredItem[], slug: string, from: number, to: number): Generator<StoredItem> {
  for (let number = from; number < to; number += 1) yield* cloneTenant(items, slug, number);
}
