/** Cognito failed, or throttled us: a fault, not a denial. */
export class CognitoUnavailableError extends Error {
  override readonly name = 'CognitoUnavailableError';
  constructor(readonly status: number, readonly type: string) {
    super(`Cognito answered GetUser with ${status} ${type}`);
  }
}

const revoked = new Set(['NotAuthorizedException', 'UserNotFoundException', 'PasswordResetRequiredException']);

/**
 * Asks Cognito whose access token it is: a signature stays valid after its user was disabled or signed out everywhere,
 * and access tokens carry no e-mail address. The one call is made by hand, because the SDK's client is three times
 * as large as all the rest of this function.
 * Source: Amazon Cognito user pools API reference, GetUser.
 */
export function readSignedInUser({
  region,
  fetch = globalThis.fetch,
}: {
  region: string;
  fetch?: typeof globalThis.fetch;
}) {
  return async (accessToken: string): Promise<{ readonly email: string } | undefined> => {
    const response = await fetch(`https://cognito-idp.${region}.amazonaws.com/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
      },
      body: JSON.stringify({ AccessToken: accessToken }),
      signal: AbortSignal.timeout(4000),
    });
    const answer = (await response.json()) as GetUserAnswer;
    if (response.ok) return { email: answer.UserAttributes?.find(({ Name }) => Name === 'email')?.Value ?? '' };
    const type = answer.__type?.split('#').at(-1) ?? '';
    if (revoked.has(type)) return undefined;
    throw new CognitoUnavailableError(response.status, type);
  };
}

interface GetUserAnswer {
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly __type?: string;
}
