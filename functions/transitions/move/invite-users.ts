import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { resendInvitation } from '../../layer/invitation.ts';
import { readyStack } from '../situation.ts';
import { eachMember, updateMember } from './members.ts';
import type { MoveStepOf } from './step.ts';
import { switchMember } from './switch-users.ts';

/**
 * Mails a temporary password to each member who has none in the new stack's pool. A member who is shut out stays so, and one who was
 * let in again may sign in. After a return nobody is mailed who signs in with the password of before.
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
    const { UserStatus, Enabled } = await cognito.send(new AdminGetUserCommand(user));
    if (Enabled === false) {
      // Shut out before the tenant left this pool, and let in again in the other, which knows nothing of this account.
      await cognito.send(new AdminEnableUserCommand(user));
      // Unless it was shut out at this moment: then this is refused, and the member read anew.
      await updateMember(member, {}, dependencies);
    }
    if (UserStatus === 'FORCE_CHANGE_PASSWORD') await resendInvitation(cognito, { userPoolId, email: member.email });
  });
  return more ?? { step: transition.isReturn ? 'REMOVE_STACK' : 'CONFIRM' };
};
