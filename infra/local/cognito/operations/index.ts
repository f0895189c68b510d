import type { Operation } from '../../service.ts';
import type { Cognito } from '../context.ts';
import { adminAddUserToGroup } from './admin-add-user-to-group.ts';
import { adminCreateUser } from './admin-create-user.ts';
import { adminDeleteUserAttributes } from './admin-delete-user-attributes.ts';
import { adminDeleteUser } from './admin-delete-user.ts';
import { adminDisableUser } from './admin-disable-user.ts';
import { adminEnableUser } from './admin-enable-user.ts';
import { adminGetUser } from './admin-get-user.ts';
import { adminInitiateAuth } from './admin-initiate-auth.ts';
import { adminListGroupsForUser } from './admin-list-groups-for-user.ts';
import { adminRemoveUserFromGroup } from './admin-remove-user-from-group.ts';
import { adminResetUserPassword } from './admin-reset-user-password.ts';
import { adminRespondToAuthChallenge } from './admin-respond-to-auth-challenge.ts';
import { adminSetUserMfaPreference } from './admin-set-user-mfa-preference.ts';
import { adminSetUserPassword } from './admin-set-user-password.ts';
import { adminUpdateUserAttributes } from './admin-update-user-attributes.ts';
import { adminUserGlobalSignOut } from './admin-user-global-sign-out.ts';
import { associateSoftwareToken } from './associate-software-token.ts';
import { changePassword } from './change-password.ts';
import { confirmForgotPassword } from './confirm-forgot-password.ts';
import { confirmSignUp } from './confirm-sign-up.ts';
import { createGroup } from './create-group.ts';
import { createUserPoolClient } from './create-user-pool-client.ts';
import { createUserPool } from './create-user-pool.ts';
import { deleteGroup } from './delete-group.ts';
import { deleteUserAttributes } from './delete-user-attributes.ts';
import { deleteUserPoolClient } from './delete-user-pool-client.ts';
import { deleteUserPool } from './delete-user-pool.ts';
import { deleteUser } from './delete-user.ts';
import { describeUserPoolClient } from './describe-user-pool-client.ts';
import { describeUserPool } from './describe-user-pool.ts';
import { forgotPassword } from './forgot-password.ts';
import { getGroup } from './get-group.ts';
import { getTokensFromRefreshToken } from './get-tokens-from-refresh-token.ts';
import { getUserAttributeVerificationCode } from './get-user-attribute-verification-code.ts';
import { getUserPoolMfaConfig } from './get-user-pool-mfa-config.ts';
import { getUser } from './get-user.ts';
import { globalSignOut } from './global-sign-out.ts';
import { initiateAuth } from './initiate-auth.ts';
import { listGroups } from './list-groups.ts';
import { listUserPoolClients } from './list-user-pool-clients.ts';
import { listUserPools } from './list-user-pools.ts';
import { listUsersInGroup } from './list-users-in-group.ts';
import { listUsers } from './list-users.ts';
import { resendConfirmationCode } from './resend-confirmation-code.ts';
import { respondToAuthChallenge } from './respond-to-auth-challenge.ts';
import { revokeToken } from './revoke-token.ts';
import { setUserMfaPreference } from './set-user-mfa-preference.ts';
import { setUserPoolMfaConfig } from './set-user-pool-mfa-config.ts';
import { signUp } from './sign-up.ts';
import { updateGroup } from './update-group.ts';
import { updateUserAttributes } from './update-user-attributes.ts';
import { updateUserPoolClient } from './update-user-pool-client.ts';
import { updateUserPool } from './update-user-pool.ts';
import { verifySoftwareToken } from './verify-software-token.ts';
import { verifyUserAttribute } from './verify-user-attribute.ts';

/** What an application's own users call: unsigned, the tokens and codes in the input speak for them. */
export const publicOperations = (parts: Cognito): Record<string, Operation> => ({
  AssociateSoftwareToken: associateSoftwareToken(parts),
  ChangePassword: changePassword(parts),
  ConfirmForgotPassword: confirmForgotPassword(parts),
  ConfirmSignUp: confirmSignUp(parts),
  DeleteUserAttributes: deleteUserAttributes(parts),
  DeleteUser: deleteUser(parts),
  ForgotPassword: forgotPassword(parts),
  GetTokensFromRefreshToken: getTokensFromRefreshToken(parts),
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode(parts),
  GetUser: getUser(parts),
  GlobalSignOut: globalSignOut(parts),
  InitiateAuth: initiateAuth(parts),
  ResendConfirmationCode: resendConfirmationCode(parts),
  RespondToAuthChallenge: respondToAuthChallenge(parts),
  RevokeToken: revokeToken(parts),
  SetUserMFAPreference: setUserMfaPreference(parts),
  SignUp: signUp(parts),
  UpdateUserAttributes: updateUserAttributes(parts),
  VerifySoftwareToken: verifySoftwareToken(parts),
  VerifyUserAttribute: verifyUserAttribute(parts),
});

/** What administrators call: signed, and authorized on the pool. */
export const adminOperations = (parts: Cognito): Record<string, Operation> => ({
  AdminAddUserToGroup: adminAddUserToGroup(parts),
  AdminCreateUser: adminCreateUser(parts),
  AdminDeleteUserAttributes: adminDeleteUserAttributes(parts),
  AdminDeleteUser: adminDeleteUser(parts),
  AdminDisableUser: adminDisableUser(parts),
  AdminEnableUser: adminEnableUser(parts),
  AdminGetUser: adminGetUser(parts),
  AdminInitiateAuth: adminInitiateAuth(parts),
  AdminListGroupsForUser: adminListGroupsForUser(parts),
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup(parts),
  AdminResetUserPassword: adminResetUserPassword(parts),
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge(parts),
  AdminSetUserMFAPreference: adminSetUserMfaPreference(parts),
  AdminSetUserPassword: adminSetUserPassword(parts),
  AdminUpdateUserAttributes: adminUpdateUserAttributes(parts),
  AdminUserGlobalSignOut: adminUserGlobalSignOut(parts),
  CreateGroup: createGroup(parts),
  CreateUserPoolClient: createUserPoolClient(parts),
  CreateUserPool: createUserPool(parts),
  DeleteGroup: deleteGroup(parts),
  DeleteUserPoolClient: deleteUserPoolClient(parts),
  DeleteUserPool: deleteUserPool(parts),
  DescribeUserPoolClient: describeUserPoolClient(parts),
  DescribeUserPool: describeUserPool(parts),
  GetGroup: getGroup(parts),
  GetUserPoolMfaConfig: getUserPoolMfaConfig(parts),
  ListGroups: listGroups(parts),
  ListUserPoolClients: listUserPoolClients(parts),
  ListUserPools: listUserPools(parts),
  ListUsersInGroup: listUsersInGroup(parts),
  ListUsers: listUsers(parts),
  SetUserPoolMfaConfig: setUserPoolMfaConfig(parts),
  UpdateGroup: updateGroup(parts),
  UpdateUserPoolClient: updateUserPoolClient(parts),
  UpdateUserPool: updateUserPool(parts),
});
