import { CognitoJwtVerifier } from 'aws-jwt-verify';

/** Verifies access tokens that this pool issued to this client: signature, expiry, issuer, use and client. Both authorizers rest on it. */
export function accessTokenVerifier(userPoolId: string, clientId: string) {
  return CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });
}
