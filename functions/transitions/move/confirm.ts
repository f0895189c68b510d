import { dataParts } from '../tenant-data.ts';
import { describeSum, SourceChangedError } from './errors.ts';
import { openCopies, sumUp } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { turnedRound } from './turn-round.ts';

/** Milliseconds between two looks at a move that nobody confirms: it waits as long as it takes. */
const aDay = 24 * 60 * 60 * 1000;

/** Waits for confirmMove, which lets the source be removed if it is what was verified, or revertMove, which turns the move round. */
export const confirm: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  if (transition.revertBy !== undefined) return { step: 'COPY_USERS', set: turnedRound(transition) };
  if (transition.confirmedBy === undefined) return { dueAt: new Date(dependencies.clock().getTime() + aDay) };
  if (transition.copied) {
    const found = await sumUp((await openCopies(situation, dependencies)).source);
    for (const part of dataParts) {
      const verified = transition.copied[part];
      if (verified && verified.sha256 !== found[part].sha256) {
        throw new SourceChangedError(part, describeSum(verified), describeSum(found[part]));
      }
    }
  }
  return { step: 'REMOVE_STACK' };
};
