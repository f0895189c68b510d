import { InitiateAuthCommand, type AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoUnderTest } from './start-cognito.ts';

/** Tokens by USER_PASSWORD_AUTH. Throws if a challenge stands in the way. */
export async function signIn(
  { sdk }: Pick<CognitoUnderTest, 'sdk'>,
  clientId: string,
  username: string,
  password: string,
): Promise<Required<Pick<AuthenticationResultType, 'AccessToken' | 'IdToken' | 'RefreshToken'>>> {
  const answer = await sdk.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  const { AccessToken, IdToken, RefreshToken } = answer.AuthenticationResult ?? {};
  if (!AccessToken || !IdToken || !RefreshToken) throw new Error(`Expected tokens, got ${answer.ChallengeName}`);
  return { AccessToken, IdToken, RefreshToken };
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
}
