import { createHash } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { State } from '../../service.ts';
import type { Client, SignIn, User } from '../model.ts';
import { tokenLifetimes } from '../pools/client-settings.ts';
import type { RandomBytes } from '../users/passwords.ts';

/**
 * Sign-ins that hold. A refresh token is the sign-in's id and a secret, of which a hash is kept; an access token names the
 * sign-in in `origin_jti`. Revoking a sign-in ends both.
 */
export interface SignInStore {
  begin(client: Client, user: User): Promise<{ signIn: SignIn; refreshToken: string }>;
  /** Undefined once it is revoked. */
  find(id: string): SignIn | undefined;
  /** The sign-in of a refresh token that was issued to this client. Throws NotAuthorizedException. */
  redeem(client: Client, refreshToken: string): SignIn;
  /** A new refresh token in place of the one there is, which still serves for the client's grace period. */
  rotate(client: Client, signIn: SignIn): Promise<string>;
  /** Records that tokens were issued that may outlive the refresh token. */
  extend(client: Client, signIn: SignIn): Promise<void>;
  /** Revokes the sign-in of a refresh token; one that is unknown has ended already. */
  revoke(client: Client, refreshToken: string): Promise<void>;
  revokeAll(user: User): Promise<void>;
  /** Of a user who is deleted. */
  forgetAll(user: User): Promise<void>;
}

export function createSignInStore(
  state: State,
  randomBytes: RandomBytes,
  newId: () => string,
  now: () => number,
): SignInStore {
  const documents = state.collection<SignIn>('cognito/sign-ins');
  const byUser = new Map<string, Set<string>>();
  const userKey = ({ poolId, sub }: { readonly poolId: string; readonly sub: string }) => `${poolId}/${sub}`;

  const index = (signIn: SignIn) => {
    const ids = byUser.get(userKey(signIn)) ?? new Set();
    byUser.set(userKey(signIn), ids.add(signIn.id));
  };
  for (const signIn of documents.values()) index(signIn);

  const forget = async (id: string) => {
    const signIn = documents.get(id);
    if (!signIn) return;
    const ids = byUser.get(userKey(signIn));
    ids?.delete(id);
    if (ids?.size === 0) byUser.delete(userKey(signIn));
    await documents.delete(id);
  };
  const idsOf = (user: User) => [...(byUser.get(userKey(user)) ?? [])];
  const forgetExpired = async (user: User) => {
    await Promise.all(
      idsOf(user)
        .filter((id) => (documents.get(id)?.expiresAt ?? 0) < now())
        .map(forget),
    );
  };
  const find = (id: string) => {
    const signIn = documents.get(id);
    return signIn?.isRevoked ? undefined : signIn;
  };
  const revoke = async (id: string) => {
    const signIn = find(id);
    if (signIn) await documents.put(id, { ...signIn, isRevoked: true });
  };

  /** Undefined unless its sign-in is known and of this client. */
  const locate = (client: Client, refreshToken: string): { signIn: SignIn; hash: string } | undefined => {
    const [id = '', secret] = Buffer.from(refreshToken, 'base64url').toString('latin1').split('.');
    const signIn = documents.get(id);
    if (!secret || !signIn || signIn.clientId !== client.id) return undefined;
    return { signIn, hash: hashOf(refreshToken) };
  };
  const newToken = (id: string) => Buffer.from(`${id}.${randomBytes(48).toString('base64url')}`).toString('base64url');

  return {
    async begin(client, user) {
      const id = newId();
      const refreshToken = newToken(id);
      const { access, id: idToken, refresh } = tokenLifetimes(client.settings);
      const signIn: SignIn = {
        id,
        poolId: client.poolId,
        clientId: client.id,
        sub: user.sub,
        authenticatedAt: now(),
        refreshHash: hashOf(refreshToken),
        refreshExpiresAt: now() + refresh * 1000,
        expiresAt: now() + Math.max(access, idToken, refresh) * 1000,
      };
      index(signIn);
      await Promise.all([documents.put(id, signIn), forgetExpired(user)]);
      return { signIn, refreshToken };
    },

    find,

    redeem(client, refreshToken) {
      const located = locate(client, refreshToken);
      if (!located) throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
      const { signIn, hash } = located;
      const isFormer = signIn.previous?.refreshHash === hash && signIn.previous.expiresAt > now();
      if (signIn.refreshHash !== hash && !isFormer)
        throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
      if (signIn.isRevoked) throw new AwsError('NotAuthorizedException', 'Refresh Token has been revoked');
      if (signIn.refreshExpiresAt <= now()) throw new AwsError('NotAuthorizedException', 'Refresh Token has expired');
      return signIn;
    },

    async rotate(client, signIn) {
      const current = find(signIn.id);
      // Of two that redeem one token at once, one wins.
      if (current?.refreshHash !== signIn.refreshHash)
        throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
      const refreshToken = newToken(signIn.id);
      const grace = client.settings.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
      const previous = { refreshHash: current.refreshHash, expiresAt: now() + grace * 1000 };
      await documents.put(signIn.id, { ...current, refreshHash: hashOf(refreshToken), previous });
      return refreshToken;
    },

    async extend(client, signIn) {
      const { access, id } = tokenLifetimes(client.settings);
      const expiresAt = now() + Math.max(access, id) * 1000;
      const current = find(signIn.id);
      if (current && current.expiresAt < expiresAt) await documents.put(signIn.id, { ...current, expiresAt });
    },

    async revoke(client, refreshToken) {
      const located = locate(client, refreshToken);
      if (!located) return;
      const { signIn, hash } = located;
      if (hash === signIn.refreshHash || hash === signIn.previous?.refreshHash) await revoke(signIn.id);
    },

    async revokeAll(user) {
      await Promise.all(idsOf(user).map(revoke));
    },

    async forgetAll(user) {
      await Promise.all(idsOf(user).map(forget));
    },
  };
}

function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64');
}
