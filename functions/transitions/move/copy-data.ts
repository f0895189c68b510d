import { nextPart, dataParts, type DataPart, readPage } from '../tenant-data.ts';
import { writeRows } from './write-rows.ts';
import { openCopies } from './rows.ts';
import type { MoveStepOf } from './step.ts';

/** Copies a page of rows while the tenant goes on writing; what changes behind it is copied once writes are held. */
export const copyData: MoveStepOf = async (situation, dependencies) => {
  const { source, target } = await openCopies(situation, dependencies);
  const from = situation.transition.cursor ?? { part: 'products' };
  const part = from.part as DataPart;
  const { rows, next } = await readPage(source, part, from, dependencies.rowsAtATime);
  await writeRows(target, part, { put: rows, remove: [] });
  const cursor = next ?? nextPart(dataParts, part);
  return cursor ? { set: { cursor } } : { step: 'HOLD_WRITES' };
};
