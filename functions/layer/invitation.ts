import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';

export interface Invitation {
  readonly userPoolId: string;
  readonly email: string;
  readonly name: string;
  /** Whether the mail is sent later, by `resendInvitation`. */
  readonly isQuiet?: boolean;
}

export interface InvitedUser {
  /** Cognito's `sub`, which is its user name too. */
  readonly userId: string;
  /** False if the pool already had someone with this address: the caller knows whether that is the same person. */
  readonly isNew: boolean;
  /** Whether the person has no password of their own choice in this pool yet. */
  readonly mustChoosePassword: boolean;
}

/** Creates a user, to whom Cognito mails a temporary password; finds the user if the address is already there. */
export async function inviteUser(
  cognito: Pick<CognitoIdentityProviderClient, 'send'>,
  { userPoolId, email, name, isQuiet = false }: Invitation,
): Promise<InvitedUser> {
  try {
    const { User } = await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: name },
        ],
        ...(isQuiet ? { MessageAction: 'SUPPRESS' as const } : { DesiredDeliveryMediums: ['EMAIL' as const] }),
      }),
    );
    return { userId: subOf(User?.Attributes), isNew: true, mustChoosePassword: true };
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
    const user = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: email }));
    const mustChoosePassword = user.UserStatus === 'FORCE_CHANGE_PASSWORD';
    return { userId: subOf(user.UserAttributes), isNew: false, mustChoosePassword };
  }
}

/** Mails a new temporary password to a user who never chose one. */
export async function resendInvitation(
  cognito: Pick<CognitoIdentityProviderClient, 'send'>,
  { userPoolId, email }: Pick<Invitation, 'userPoolId' | 'email'>,
): Promise<void> {
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: email,
      MessageAction: 'RESEND',
      DesiredDeliveryMediums: ['EMAIL'],
    }),
  );
}

function subOf(attributes: readonly AttributeType[] | undefined): string {
  const sub = attributes?.find(({ Name }) => Name === 'sub')?.Value;
  if (!sub) throw new Error('Cognito answered a user without a sub');
  return sub;
}
