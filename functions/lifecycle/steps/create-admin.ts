import { AdminAddUserToGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { inviteUser, resendInvitation } from '../../layer/invitation.ts';
import { type Step, userPoolOf } from '../onboarding.ts';

/**
 * The tenant's first user, invited by mail. That the address was claimed for this tenant proves that a user who is already
 * there was made by an earlier run. Whether that one's mail went out nobody knows: better a second one than none.
 */
export const createAdmin: Step = async ({ tenant }, { cognito, tables, clock }) => {
  const { tenantId, adminEmail, adminName } = tenant;
  const userPoolId = userPoolOf(tenant);
  const invited = await inviteUser(cognito, { userPoolId, email: adminEmail, name: adminName });
  if (!invited.isNew && invited.mustChoosePassword) await resendInvitation(cognito, { userPoolId, email: adminEmail });
  const { userId } = invited;
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: userId, GroupName: tenantId }));
  const now = clock().toISOString();
  const user = {
    tenantId,
    userId,
    sub: userId,
    email: adminEmail,
    name: adminName,
    role: 'TENANT_ADMIN',
    status: 'INVITED',
    createdAt: now,
    updatedAt: now,
  };
  return [{ Put: { TableName: tables.TENANT_USERS_TABLE, Item: user } }];
};
