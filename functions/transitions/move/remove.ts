import type { MoveItem } from '../../../schema/transition.ts';
import { removeData } from '../removal/remove-data.ts';
import { removeStack } from '../removal/remove-stack.ts';
import { removeUsers } from '../removal/remove-users.ts';
import type { MoveStepOf } from './step.ts';

/** The stack whose copy goes: the one that the tenant left, or would have come to. */
function leftStack({ cause, fromStack, toStack }: MoveItem): string {
  return cause === undefined ? fromStack : toStack;
}

export const removeMovedStack: MoveStepOf = async (situation, dependencies) =>
  (await removeStack(leftStack(situation.transition), situation, dependencies)) ?? { step: 'REMOVE_DATA' };

export const removeMovedData: MoveStepOf = async (situation, dependencies) =>
  (await removeData(leftStack(situation.transition), situation, dependencies)) ?? { step: 'REMOVE_USERS' };

export const removeMovedUsers: MoveStepOf = async (situation, dependencies) =>
  (await removeUsers(leftStack(situation.transition), { ...situation, andMemberships: false }, dependencies)) ?? {
    step: 'END',
  };
