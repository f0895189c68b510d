import type { MoveItem } from '../../../schema/transition.ts';
import type { Situation } from '../dependencies.ts';
import { removeData } from '../removal/remove-data.ts';
import { removeStack } from '../removal/remove-stack.ts';
import { removeUsers } from '../removal/remove-users.ts';
import type { MoveStepOf } from './step.ts';

/** What is to be removed is where the tenant lives. Never expected: whatever led here, nothing is removed. */
export class StackInUseError extends Error {
  override readonly name = 'StackInUseError';
  constructor(readonly tenantStack: string) {
    super(`The tenant lives in ${tenantStack}, expected it to have left before anything is removed there`);
  }
}

/** The stack whose copy goes: the one that the tenant left, or would have come to. */
function leftStack({ transition: { cause, fromStack, toStack }, tenant }: Situation<MoveItem>): string {
  const left = cause === undefined ? fromStack : toStack;
  if (left === tenant.stack) throw new StackInUseError(left);
  return left;
}

export const removeMovedStack: MoveStepOf = async (situation, dependencies) =>
  (await removeStack(leftStack(situation), situation, dependencies)) ?? { step: 'REMOVE_DATA' };

export const removeMovedData: MoveStepOf = async (situation, dependencies) =>
  (await removeData(leftStack(situation), situation, dependencies)) ?? { step: 'REMOVE_USERS' };

export const removeMovedUsers: MoveStepOf = async (situation, dependencies) =>
  (await removeUsers(leftStack(situation), { ...situation, andMemberships: false }, dependencies)) ?? {
    step: 'END',
  };
