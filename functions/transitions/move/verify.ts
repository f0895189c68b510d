import { dataParts } from '../tenant-data.ts';
import { CopiesDifferError, describeSum } from './errors.ts';
import { openCopies, sumUp } from './rows.ts';
import type { MoveStepOf } from './step.ts';

/** Counts and checksums of both copies have to be the same. */
export const verify: MoveStepOf = async (situation, dependencies) => {
  const { source, target } = await openCopies(situation, dependencies);
  const [copied, copy] = await Promise.all([sumUp(source), sumUp(target)]);
  for (const part of dataParts) {
    if (copied[part].items !== copy[part].items || copied[part].sha256 !== copy[part].sha256) {
      throw new CopiesDifferError(part, describeSum(copied[part]), describeSum(copy[part]));
    }
  }
  return { step: 'SWITCH_USERS', set: { copied } };
};
