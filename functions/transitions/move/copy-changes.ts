import { dataParts, type DataPart, nextPart, readPage } from '../tenant-data.ts';
import { openCopies, readRange, textOf } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { writeRows } from './write-rows.ts';

/** Makes a page of the target's rows the same as the source's, writing only what differs: reading is what the time goes to. */
export const copyChanges: MoveStepOf = async (situation, dependencies) => {
  const { source, target } = await openCopies(situation, dependencies);
  const from = situation.transition.cursor ?? { part: 'products' };
  const part = from.part as DataPart;
  const { sortKey } = source.parts[part];
  const { rows, next } = await readPage(source, part, from, dependencies.rowsAtATime);
  const there = await readRange(target, from, next?.after);
  const known = new Map(there.map((row) => [row[sortKey], textOf(row)]));
  const wanted = new Set(rows.map((row) => row[sortKey]));
  await writeRows(target, part, {
    put: rows.filter((row) => known.get(row[sortKey]) !== textOf(row)),
    remove: there.filter((row) => !wanted.has(row[sortKey])),
  });
  const cursor = next ?? nextPart(dataParts, part);
  return cursor ? { set: { cursor } } : { step: 'VERIFY' };
};
