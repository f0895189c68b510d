import { invalid } from '../registry/settings.ts';

export interface PageInput {
  readonly Marker?: string;
  /** From the query, so a text. */
  readonly MaxItems?: string;
}

/** A page of a list that is sorted by its keys; the marker is the key of the page's last item. */
export function paginate<Item>(
  sorted: readonly Item[],
  keyOf: (item: Item) => string,
  { Marker, MaxItems }: PageInput,
  largest: number,
): { readonly items: readonly Item[]; readonly NextMarker?: string | undefined } {
  const wanted = MaxItems === undefined ? largest : Number(MaxItems);
  if (!Number.isInteger(wanted) || wanted < 1) throw invalid(`MaxItems is ${MaxItems}: expected a number from 1 on`);
  const after = Marker === undefined ? sorted : sorted.filter((item) => keyOf(item) > Marker);
  const items = after.slice(0, Math.min(wanted, largest));
  const last = items.at(-1);
  return { items, NextMarker: last !== undefined && after.length > items.length ? keyOf(last) : undefined };
}
