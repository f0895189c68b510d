import { makeAccount, makeGroup } from './make-account.ts';
import { eachMember } from './members.ts';
import type { MoveStepOf } from './step.ts';

/** Accounts of all members in the target's pool of users. Passwords cannot be copied out of Cognito: people get new ones by mail. */
export const copyUsers: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  await makeGroup(transition, dependencies);
  const more = await eachMember(situation, dependencies, (member) => makeAccount(transition, member, dependencies));
  return more ?? { step: 'COPY_DATA' };
};
