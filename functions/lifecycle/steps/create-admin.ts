import { AdminAddUserToGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { inviteUser } from '../../layer/invitation.ts';
import { type Step, userPoolOf } from '../onboarding.ts';

/**
 * The tenant's first user, invited by mail. That the address was claimed for this tenant proves that a user who is already
 * there was made by an earlier run.
 */
export const createAdmin: Step = async ({ tenant }, { cognito, tables, clock }) => {
  const { tenantId, adminEmail, adminName } = tenant;
  const userPoolId = userPoolOf(tenant);
  const { userId } = await inviteUser(cognito, { userPoolId, email: adminEmail, name: adminName });
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
