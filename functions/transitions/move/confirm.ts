import type { MoveItem, Sums } from '../../../schema/transition.ts';
import { type DataPart, dataParts, readPage } from '../tenant-data.ts';
import { describeSum, SourceChangedError } from './errors.ts';
import { openCopies } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { sumUp } from './sums.ts';
import { turnedRound } from './turn-round.ts';

/** Milliseconds between two looks at a move that nobody confirms: it waits as long as it takes. */
const aDay = 24 * 60 * 60 * 1000;

/** Waits for confirmMove, which lets the source be removed if it is what was verified, or revertMove, which turns the move round. */
export const confirm: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  if (transition.revertBy !== undefined) return { step: 'COPY_USERS', set: turnedRound(transition) };
  if (transition.confirmedBy === undefined) return { dueAt: new Date(dependencies.clock().getTime() + aDay) };
  if (transition.copied) {
    const { source } = await openCopies(situation, dependencies);
    const from = transition.cursor ?? { part: 'products' };
    const page = await readPage(source, from.part as DataPart, from, dependencies.rowsAtATime);
    const { cursor, sums } = sumUp(from, page);
    if (cursor) return { set: { cursor } };
    requireVerified(transition.copied, sums);
  }
  return { step: 'REMOVE_STACK', set: { returnFailure: undefined } };
};

/** @throws SourceChangedError */
function requireVerified(copied: NonNullable<MoveItem['copied']>, found: Sums): void {
  for (const part of dataParts) {
    const [before, now] = [copied[part], found[part]];
    if (before && before.sha256 !== now?.sha256) {
      throw new SourceChangedError(part, describeSum(before), now ? describeSum(now) : 'nothing');
    }
  }
}
