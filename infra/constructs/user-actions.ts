/** What managing people needs of Cognito; creating, disabling and enabling them, and ending their sessions. */
export const userActions = [
  'AdminCreateUser',
  'AdminGetUser',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminUserGlobalSignOut',
  'AdminUpdateUserAttributes',
  'AdminAddUserToGroup',
].map((name) => `cognito-idp:${name}`);
