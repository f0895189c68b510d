import { createHash } from 'node:crypto';
import type { Cursor, Sums, TableSum } from '../../../schema/transition.ts';
import type { Dependencies } from '../dependencies.ts';
import { dataParts, type DataPart, nextPart, readPage, type Row, type TenantData } from '../tenant-data.ts';
import { textOf } from './rows.ts';

const nothing: TableSum = { items: 0, sha256: createHash('sha256').digest('hex') };

/** Goes on with a sum, row by row: it is the same wherever one page ended and the next began. */
export function addRows(before: TableSum | undefined, rows: readonly Row[]): TableSum {
  return rows.reduce<TableSum>(
    ({ items, sha256 }, row) => ({
      items: items + 1,
      sha256: createHash('sha256').update(sha256).update(textOf(row)).digest('hex'),
    }),
    before ?? nothing,
  );
}

export interface SummedPage {
  readonly part: DataPart;
  /** The place where the page begins, and the last key in it; without one it goes to the shard's end. */
  readonly from: Cursor;
  readonly upTo: string | undefined;
  /** The part's sum with this page's rows, and all sums so far. */
  readonly sum: TableSum;
  readonly sums: Sums;
  /** Where to go on, with the sums; undefined after the last page of the last part. */
  readonly cursor: Cursor | undefined;
}

/** Adds a page of a tenant's rows to the sums that are in the cursor: one call reads so many rows and no more, however many there are. */
export async function sumPage(
  data: TenantData,
  cursor: Cursor | undefined,
  { rowsAtATime }: Pick<Dependencies, 'rowsAtATime'>,
): Promise<SummedPage> {
  const from: Cursor = cursor ?? { part: 'products' };
  const part = from.part as DataPart;
  const { rows, next } = await readPage(data, part, from, rowsAtATime);
  const sum = addRows(from.sums?.[part], rows);
  const sums = { ...from.sums, [part]: sum };
  const place = next ?? nextPart(dataParts, part);
  return { part, from, upTo: next?.after, sum, sums, cursor: place && { ...place, sums } };
}
