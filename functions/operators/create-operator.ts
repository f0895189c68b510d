import { AdminAddUserToGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { MutationCreateOperatorArgs } from '../../generated/control-plane.ts';
import { checkEmail, checkText, problems, tidy, tidyEmail } from '../layer/input-checks.ts';
import { inviteUser, resendInvitation } from '../layer/invitation.ts';
import { audit } from './audit.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { groupOfRole, roleOf } from './groups.ts';
import { readOperator } from './read-operator.ts';
import { type OperatorPayload, refuse } from './refuse.ts';

export const nameLength = { shortest: 1, longest: 100 };

/** Invites an operator by mail. What an attempt that died left without a role is finished by the next, with another mail. */
export function createOperator(dependencies: Dependencies) {
  const { cognito, userPoolId } = dependencies;
  return async (call: OperatorCall<MutationCreateOperatorArgs>): Promise<OperatorPayload> => {
    const { role } = call.arguments.input;
    const email = tidyEmail(call.arguments.input.email);
    const name = tidy(call.arguments.input.name);
    const userErrors = problems(checkEmail('email', email), checkText('name', name, nameLength));
    if (userErrors.length > 0) return { operator: null, userErrors };

    const { userId, isNew, mustChoosePassword } = await inviteUser(cognito, { userPoolId, email, name });
    if (!isNew) {
      if (await roleOf(userId, dependencies)) {
        return refuse('EMAIL_TAKEN', 'email', `${email} is an operator already`);
      }
      if (mustChoosePassword) await resendInvitation(cognito, { userPoolId, email });
    }
    await audit(call, { operator: userId, email, role }, dependencies);
    await cognito.send(
      new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: userId, GroupName: groupOfRole[role] }),
    );
    return { operator: await readOperator(userId, dependencies), userErrors: [] };
  };
}
