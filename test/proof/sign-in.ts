import {
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Clients } from './clients.ts';
import type { Member } from './subjects.ts';

/** Of nobody but this run of the proof. */
export const password = 'Proof-of-1solation!';

interface SignIn {
  readonly email: string;
  readonly label: string;
  readonly password: string;
  readonly clientId: string;
  /** Where the pool is reached, if not at Cognito's own address. */
  readonly endpoint?: string | undefined;
  readonly region: string;
}

/** Signs in with a password that holds. */
export async function signInMember({ email, label, password: secret, clientId, ...where }: SignIn): Promise<Member> {
  const cognito = new CognitoIdentityProviderClient({
    region: where.region,
    ...(where.endpoint !== undefined && { endpoint: where.endpoint }),
  });
  const { AuthenticationResult: result } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: secret },
    }),
  );
  const { AccessToken: accessToken, IdToken: idToken, RefreshToken: refreshToken } = result ?? {};
  if (!accessToken || !idToken || !refreshToken) throw new Error(`No tokens for ${email}`);
  return { label, email, password: secret, accessToken, idToken, refreshToken };
}

/** An invited person chooses a password; by the account's own rights, since AWS delivers no mail to a program. */
export async function acceptInvitation({ cognito }: Clients, userPoolId: string, email: string): Promise<void> {
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: email, Password: password, Permanent: true }),
  );
}
