import { AdminDisableUserCommand, AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { resendInvitation } from '../../layer/invitation.ts';
import { readyStack } from '../situation.ts';
import { eachMember } from './members.ts';
import type { MoveStepOf } from './step.ts';
import { switchMember } from './switch-users.ts';

/**
 * Mails a temporary password to each member who has none in the new stack's pool. A member who is shut out stays so. After a
 * return nobody is mailed who signs in with the password of before.
 */
export const inviteUsers: MoveStepOf = async (situation, dependencies) => {
  const { transition } = situation;
  const { cognito } = dependencies;
  const { userPoolId } = await readyStack(transition.toStack, dependencies);
  const more = await eachMember(situation, dependencies, async (member) => {
    // Invited in the old stack at the very moment of the cut-over.
    await switchMember(transition, member, dependencies);
    const user = { UserPoolId: userPoolId, Username: member.email };
    if (member.status === 'DISABLED') {
      await cognito.send(new AdminDisableUserCommand(user));
      return;
    }
    const { UserStatus } = await cognito.send(new AdminGetUserCommand(user));
    if (UserStatus === 'FORCE_CHANGE_PASSWORD') await resendInvitation(cognito, { userPoolId, email: member.email });
  });
  return more ?? { step: transition.isReturn ? 'REMOVE_STACK' : 'CONFIRM' };
};
