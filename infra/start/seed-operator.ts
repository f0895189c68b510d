import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';

export const operatorEmail = 'operator@cotenant.example';

/** The first operator, with a password that holds; safe to run again. */
export async function seedOperator(
  cognito: CognitoIdentityProviderClient,
  userPoolId: string,
  password: string,
): Promise<void> {
  const user = { UserPoolId: userPoolId, Username: operatorEmail };
  const attributes = [
    { Name: 'email', Value: operatorEmail },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'name', Value: 'First Operator' },
  ];
  await cognito
    .send(new AdminCreateUserCommand({ ...user, UserAttributes: attributes, MessageAction: 'SUPPRESS' }))
    .catch((error: unknown) => {
      if (!(error instanceof UsernameExistsException)) throw error;
    });
  await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  await cognito.send(new AdminAddUserToGroupCommand({ ...user, GroupName: 'SystemAdmin' }));
}
