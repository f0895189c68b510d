import { createHash } from 'node:crypto';
import type { Cursor, Sums, TableSum } from '../../../schema/transition.ts';
import { dataParts, type DataPart, nextPart, type Page, type Row } from '../tenant-data.ts';
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
  /** The part's sum with this page's rows, and all sums so far. */
  readonly sum: TableSum;
  readonly sums: Sums;
  /** Where to go on, with the sums; undefined after the last page of the last part. */
  readonly cursor: Cursor | undefined;
}

/** Adds the page that was read from a place on to the sums that the place has. */
export function sumUp(from: Cursor, { rows, next }: Page): SummedPage {
  const part = from.part as DataPart;
  const sum = addRows(from.sums?.[part], rows);
  const sums = { ...from.sums, [part]: sum };
  const place = next ?? nextPart(dataParts, part);
  return { part, sum, sums, cursor: place && { ...place, sums } };
}
