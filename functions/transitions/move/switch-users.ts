import type { MoveItem } from '../../../schema/transition.ts';
import type { Dependencies } from '../dependencies.ts';
import { makeAccount } from './make-account.ts';
import { eachMember, type Member, updateMember } from './members.ts';
import type { MoveStepOf } from './step.ts';

/** Each member signs in by the account in the new stack from now on; whoever was invited meanwhile gets one. */
export const switchUsers: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  const more = await eachMember(situation, dependencies, (member) => switchMember(transition, member, dependencies));
  return more ?? { step: 'CUT_OVER' };
};

/** Nothing more where it is done already. */
export async function switchMember(transition: MoveItem, member: Member, dependencies: Dependencies): Promise<void> {
  const { transitionId, fromStack, toStack } = transition;
  const { lastAccount, nextAccount, sub, status } = member;
  if (lastAccount?.transitionId === transitionId && lastAccount.stack === fromStack) return;
  const isMade = nextAccount?.transitionId === transitionId && nextAccount.stack === toStack;
  const account = isMade ? nextAccount : await makeAccount(transition, member, dependencies);
  const changes = {
    sub: account.sub,
    status: status === 'DISABLED' ? status : account.status,
    lastAccount: { stack: fromStack, transitionId, sub, status },
    nextAccount: undefined,
  };
  await updateMember(member, changes, dependencies);
}
