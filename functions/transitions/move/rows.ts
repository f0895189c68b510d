import type { Cursor, MoveItem } from '../../../schema/transition.ts';
import type { Dependencies, Situation } from '../dependencies.ts';
import { readyStack } from '../situation.ts';
import { type DataPart, openTenantData, type Page, readPage, type Row, type TenantData } from '../tenant-data.ts';

/** The tenant's rows in both stacks, each through a session of that stack's data role. */
export async function openCopies(
  { transition, tenant }: Situation<MoveItem>,
  dependencies: Dependencies,
): Promise<{ readonly source: TenantData; readonly target: TenantData }> {
  const open = async (stack: string) => openTenantData(await readyStack(stack, dependencies), tenant, dependencies);
  return { source: await open(transition.fromStack), target: await open(transition.toStack) };
}

export interface PageOfBoth {
  readonly rows: readonly Row[];
  /** The target's rows of the same range of keys. */
  readonly copies: readonly Row[];
  readonly next?: Cursor;
}

/**
 * One range of keys in both copies: as far as both pages reach, so that one call reads two pages and no more, whichever copy has
 * rows that the other lacks.
 */
export async function readBoth(
  { source, target }: { readonly source: TenantData; readonly target: TenantData },
  from: Cursor,
  limit: number,
): Promise<PageOfBoth> {
  const part = from.part as DataPart;
  const [ours, theirs] = await Promise.all([readPage(source, part, from, limit), readPage(target, part, from, limit)]);
  const [end] = [ours, theirs].flatMap(({ next }) => next?.after ?? []).sort();
  if (end === undefined) return { rows: ours.rows, copies: theirs.rows, next: ours.next };
  const { sortKey } = source.parts[part];
  const upToEnd = ({ rows }: Page) => rows.filter((row) => String(row[sortKey]) <= end);
  return { rows: upToEnd(ours), copies: upToEnd(theirs), next: { part, shard: from.shard ?? 0, after: end } };
}

/** A row as text, the same whatever the order in which its attributes came. */
export function textOf(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => {
    if (value instanceof Set) return [...value].sort();
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))) : value;
  });
}
