import {
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OperatorRole } from '../../generated/control-plane.ts';
import type { Dependencies } from './dependencies.ts';
import { groupOfRole } from './groups.ts';

/**
 * Into the new group first: an attempt that dies between leaves the greater role of the two, which shows and can be
 * changed again, and never an operator without any. Tokens name the old group, so they are revoked.
 */
export async function changeRole(
  userId: string,
  { from, to }: { readonly from: OperatorRole; readonly to: OperatorRole },
  { cognito, userPoolId }: Dependencies,
): Promise<void> {
  const user = { UserPoolId: userPoolId, Username: userId };
  await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: groupOfRole[to] }));
  await cognito.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: groupOfRole[from] }));
  await cognito.send(new AdminUserGlobalSignOutCommand(user));
}
