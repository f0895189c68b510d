import { CopiesDifferError, describeSum } from './errors.ts';
import { openCopies, readBoth } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { addRows, sumUp } from './sums.ts';

/** Counts and checksums of both copies have to be the same, page by page. */
export const verify: MoveStepOf = async (situation, dependencies) => {
  const from = situation.transition.cursor ?? { part: 'products' };
  const both = await openCopies(situation, dependencies);
  const { rows, copies, next } = await readBoth(both, from, dependencies.rowsAtATime);
  const { part, sum, sums, cursor } = sumUp(from, { rows, next });
  // Up to here both sums were the same: the cursor has one for both.
  const copy = addRows(from.sums?.[part], copies);
  if (sum.items !== copy.items || sum.sha256 !== copy.sha256) {
    throw new CopiesDifferError(part, describeSum(sum), describeSum(copy));
  }
  return cursor ? { set: { cursor } } : { step: 'SWITCH_USERS', set: { copied: sums } };
};
