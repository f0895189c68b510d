import { dataParts, type DataPart, nextPart } from '../tenant-data.ts';
import { openCopies, readBoth, textOf } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { writeRows } from './write-rows.ts';

/** Makes a page of the target's rows the same as the source's, writing only what differs: reading is what the time goes to. */
export const copyChanges: MoveStepOf = async (situation, dependencies) => {
  const both = await openCopies(situation, dependencies);
  const from = situation.transition.cursor ?? { part: 'products' };
  const part = from.part as DataPart;
  const { sortKey } = both.source.parts[part];
  const { rows, copies, next } = await readBoth(both, from, dependencies.rowsAtATime);
  const known = new Map(copies.map((row) => [row[sortKey], textOf(row)]));
  const wanted = new Set(rows.map((row) => row[sortKey]));
  await writeRows(both.target, part, {
    put: rows.filter((row) => known.get(row[sortKey]) !== textOf(row)),
    remove: copies.filter((row) => !wanted.has(row[sortKey])),
  });
  const cursor = next ?? nextPart(dataParts, part);
  return cursor ? { set: { cursor } } : { step: 'VERIFY' };
};
