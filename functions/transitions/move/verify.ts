import { CopiesDifferError, describeSum } from './errors.ts';
import { openCopies, readRange } from './rows.ts';
import type { MoveStepOf } from './step.ts';
import { addRows, sumPage } from './sums.ts';

/** Counts and checksums of both copies have to be the same, page by page: the target's is cut at the keys where the source's is. */
export const verify: MoveStepOf = async (situation, dependencies) => {
  const { source, target } = await openCopies(situation, dependencies);
  const { part, from, upTo, sum, sums, cursor } = await sumPage(source, situation.transition.cursor, dependencies);
  // Up to here both sums were the same: the cursor has one for both.
  const copy = addRows(from.sums?.[part], await readRange(target, from, upTo));
  if (sum.items !== copy.items || sum.sha256 !== copy.sha256) {
    throw new CopiesDifferError(part, describeSum(sum), describeSum(copy));
  }
  return cursor ? { set: { cursor } } : { step: 'SWITCH_USERS', set: { copied: sums } };
};
