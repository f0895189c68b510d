import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import { appOf } from '../context.ts';
import type { User } from '../model.ts';
import { userScope } from './pre-token-generation.ts';
import { decode } from './signing-keys.ts';

export interface SignedIn extends App {
  readonly user: User;
}

type Parts = Pick<Cognito, 'signingKeys' | 'signIns' | 'pools' | 'users' | 'clock'>;

/**
 * Who an access token speaks for. Throws NotAuthorizedException unless it was issued here, is in time, has not been
 * revoked, carries the scope for operations on oneself, and its user is enabled.
 */
export async function requireSignedIn(parts: Parts, accessToken: string): Promise<SignedIn> {
  const poolId = /\/([^/]+)$/.exec(String(decode(accessToken.split('.')[1] ?? '')?.['iss'] ?? ''))?.[1];
  // A pool that does not exist must not be given keys.
  const known = poolId !== undefined && parts.pools.findPool(poolId) !== undefined;
  const claims = known ? await parts.signingKeys.verify(poolId, 'access', accessToken) : undefined;
  if (!poolId || claims?.['token_use'] !== 'access') throw refused('Invalid Access Token');
  if (Number(claims['exp']) * 1000 <= parts.clock.now()) throw refused('Access Token has expired');

  const user = parts.users.bySub(poolId, String(claims['sub']));
  if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
  const signIn = parts.signIns.find(String(claims['origin_jti']));
  if (signIn?.sub !== user.sub || signIn.poolId !== poolId) throw refused('Access Token has been revoked');
  if (!user.enabled) throw refused('User is disabled.');
  if (!String(claims['scope']).split(' ').includes(userScope))
    throw refused('Access Token does not have required scopes');
  return { ...appOf(parts, signIn.clientId), user };
}

function refused(message: string): AwsError {
  return new AwsError('NotAuthorizedException', message);
}
