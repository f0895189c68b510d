import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import type { SignIn, User } from '../model.ts';
import { tokenLifetimes } from '../pools/client-settings.ts';
import { readable } from '../users/attribute-rules.ts';
import {
  preTokenGeneration,
  userScope,
  type ClaimChanges,
  type GroupClaims,
  type TokenChanges,
  type TokenSource,
} from './pre-token-generation.ts';

export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
  readonly RefreshToken?: string;
}

type Parts = Pick<
  Cognito,
  'triggers' | 'pools' | 'users' | 'signIns' | 'signingKeys' | 'clock' | 'newId' | 'environment'
>;

/** The tokens of a sign-in that just succeeded. */
export async function issueFirstTokens(parts: Parts, app: App, user: User, source: TokenSource): Promise<Tokens> {
  const changes = await changesFor(parts, app, user, source);
  requireUnchanged(parts, user);
  const { signIn, refreshToken } = await parts.signIns.begin(app.client, user);
  return { ...(await signTokens(parts, app, user, signIn, changes)), RefreshToken: refreshToken };
}

/** Tokens for a sign-in that holds, with what its user and groups are now. */
export async function issueFurtherTokens(parts: Parts, app: App, user: User, signIn: SignIn): Promise<Tokens> {
  const changes = await changesFor(parts, app, user, 'TokenGeneration_RefreshTokens');
  requireUnchanged(parts, user);
  if (!parts.signIns.find(signIn.id)) throw new AwsError('NotAuthorizedException', 'Refresh Token has been revoked');
  await parts.signIns.extend(app.client, signIn);
  return signTokens(parts, app, user, signIn, changes);
}

async function changesFor(parts: Parts, app: App, user: User, source: TokenSource): Promise<TokenChanges> {
  const groups = user.groups.flatMap((name) => parts.pools.findGroup(app.pool.id, name) ?? []);
  return preTokenGeneration(parts, app, user, groups, source);
}

/** While the function ran, the user may have been disabled or given another password. */
function requireUnchanged({ users }: Parts, user: User): void {
  const current = users.bySub(user.poolId, user.sub);
  if (!current) throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
  if (!current.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  if (current.password?.salt !== user.password?.salt)
    throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
}

/** Claims that a function may not change. Source: developer guide, "Pre token generation Lambda trigger". */
const fixed: ReadonlySet<string> = new Set([
  ...[
    'acr',
    'amr',
    'at_hash',
    'auth_time',
    'azp',
    'exp',
    'iat',
    'iss',
    'jti',
    'nbf',
    'nonce',
    'origin_jti',
    'sub',
    'token_use',
  ],
  ...['identities', 'cognito:username'],
]);
const fixedInAccess: ReadonlySet<string> = new Set([
  ...fixed,
  'username',
  'client_id',
  'scope',
  'device_key',
  'event_id',
  'version',
]);
const fixedInId: ReadonlySet<string> = new Set([...fixed, 'aud']);

async function signTokens(parts: Parts, app: App, user: User, signIn: SignIn, changes: TokenChanges): Promise<Tokens> {
  const { pool, client } = app;
  const lifetimes = tokenLifetimes(client.settings);
  const issuedAt = Math.floor(parts.clock.now() / 1000);
  const common = {
    sub: user.sub,
    iss: issuer(parts.environment.region, pool.id),
    origin_jti: signIn.id,
    event_id: parts.newId(),
    auth_time: Math.floor(signIn.authenticatedAt / 1000),
    iat: issuedAt,
  };
  const access = {
    ...common,
    ...groupsClaim(changes.groups),
    client_id: client.id,
    token_use: 'access',
    scope: scopes(changes.access),
    exp: issuedAt + lifetimes.access,
    jti: parts.newId(),
    username: user.username,
  };
  const id = {
    ...attributeClaims(readable(client, user.attributes)),
    ...common,
    ...groupsClaim(changes.groups),
    ...(changes.groups.roles.length > 0 && { 'cognito:roles': changes.groups.roles }),
    ...(changes.groups.preferredRole && { 'cognito:preferred_role': changes.groups.preferredRole }),
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
    exp: issuedAt + lifetimes.id,
    jti: parts.newId(),
  };
  const [AccessToken, IdToken] = await Promise.all([
    parts.signingKeys.sign(pool.id, 'access', apply(access, changes.access, fixedInAccess)),
    parts.signingKeys.sign(pool.id, 'id', apply(id, changes.id, fixedInId)),
  ]);
  return { AccessToken, IdToken, ExpiresIn: lifetimes.access, TokenType: 'Bearer' };
}

export function issuer(region: string, poolId: string): string {
  return `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
}

function groupsClaim({ groups }: GroupClaims): { 'cognito:groups'?: readonly string[] } {
  return groups.length > 0 ? { 'cognito:groups': groups } : {};
}

function scopes({ scopesToAdd, scopesToSuppress }: TokenChanges['access']): string {
  return [...new Set([userScope, ...scopesToAdd])].filter((scope) => !scopesToSuppress.includes(scope)).join(' ');
}

function attributeClaims(attributes: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, claimValue(name, value)]));
}

function claimValue(name: string, value: string): unknown {
  if (name === 'email_verified' || name === 'phone_number_verified') return value === 'true';
  if (name === 'updated_at') return Number(value);
  return name === 'address' ? { formatted: value } : value;
}

function apply(
  claims: Readonly<Record<string, unknown>>,
  { add, suppress }: ClaimChanges,
  protectedNames: ReadonlySet<string>,
): object {
  const mayChange = (name: string) => !protectedNames.has(name) && !name.startsWith('dev:');
  const changedClaims = { ...claims, ...Object.fromEntries(Object.entries(add).filter(([name]) => mayChange(name))) };
  return Object.fromEntries(
    Object.entries(changedClaims).filter(([name]) => !(suppress.includes(name) && mayChange(name))),
  );
}
