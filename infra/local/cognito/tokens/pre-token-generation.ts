import type { App, Cognito } from '../context.ts';
import type { Group, User } from '../model.ts';
import type { Json, JsonObject } from '../../service.ts';
import { isObject } from '../triggers.ts';

export type TokenSource =
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_RefreshTokens';

export interface ClaimChanges {
  readonly add: JsonObject;
  readonly suppress: readonly string[];
}

/** What the trigger made of the tokens to come. */
export interface TokenChanges {
  readonly id: ClaimChanges;
  readonly access: ClaimChanges & {
    readonly scopesToAdd: readonly string[];
    readonly scopesToSuppress: readonly string[];
  };
  readonly groups: GroupClaims;
}

export interface GroupClaims {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string;
}

export const userScope = 'aws.cognito.signin.user.admin';

/**
 * Runs the pool's pre-token-generation function, if it has one. An error of it ends the sign-in: no tokens.
 * Source: Amazon Cognito developer guide, "Pre token generation Lambda trigger".
 */
export async function preTokenGeneration(
  { triggers }: Pick<Cognito, 'triggers'>,
  app: App,
  user: User,
  groups: readonly Group[],
  source: TokenSource,
): Promise<TokenChanges> {
  const own = groupClaims(groups);
  const config = app.pool.settings.LambdaConfig;
  const functionArn = config?.PreTokenGenerationConfig?.LambdaArn ?? config?.PreTokenGeneration;
  if (!functionArn) return unchanged(own);

  const isSecond = config?.PreTokenGenerationConfig?.LambdaVersion === 'V2_0';
  const response = await triggers.run({
    name: 'PreTokenGeneration',
    functionArn,
    version: isSecond ? '2' : '1',
    source,
    pool: app.pool,
    user,
    clientId: app.client.id,
    ...(app.clientMetadata && { clientMetadata: app.clientMetadata }),
    request: {
      groupConfiguration: {
        groupsToOverride: own.groups,
        iamRolesToOverride: own.roles,
        preferredRole: own.preferredRole ?? null,
      },
      ...(isSecond && { scopes: [userScope] }),
    },
    response: isSecond ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null },
  });
  return isSecond
    ? secondVersion(objectAt(response, 'claimsAndScopeOverrideDetails'), own)
    : firstVersion(objectAt(response, 'claimsOverrideDetails'), own);
}

function unchanged(groups: GroupClaims): TokenChanges {
  const none = { add: {}, suppress: [] };
  return { id: none, access: { ...none, scopesToAdd: [], scopesToSuppress: [] }, groups };
}

/** Version 1 reaches the id token only, and the groups of both. */
function firstVersion(details: JsonObject, own: GroupClaims): TokenChanges {
  return { ...unchanged(overridden(details, own)), id: claimChanges(details) };
}

function secondVersion(details: JsonObject, own: GroupClaims): TokenChanges {
  const access = objectAt(details, 'accessTokenGeneration');
  return {
    id: claimChanges(objectAt(details, 'idTokenGeneration')),
    access: {
      ...claimChanges(access),
      scopesToAdd: textsAt(access, 'scopesToAdd'),
      scopesToSuppress: textsAt(access, 'scopesToSuppress'),
    },
    groups: overridden(details, own),
  };
}

function claimChanges(generation: JsonObject): ClaimChanges {
  return { add: objectAt(generation, 'claimsToAddOrOverride'), suppress: textsAt(generation, 'claimsToSuppress') };
}

function overridden(details: JsonObject, own: GroupClaims): GroupClaims {
  const override = details['groupOverrideDetails'];
  if (!isObject(override)) return own;
  const preferredRole = override['preferredRole'];
  return {
    groups: textsAt(override, 'groupsToOverride'),
    roles: textsAt(override, 'iamRolesToOverride'),
    ...(typeof preferredRole === 'string' && { preferredRole }),
  };
}

/** Groups in order of precedence, the lowest number first; the first with a role gives the preferred one. */
function groupClaims(groups: readonly Group[]): GroupClaims {
  const rank = ({ precedence }: Group) => precedence ?? Number.POSITIVE_INFINITY;
  const ordered = [...groups].sort((left, right) => (rank(left) === rank(right) ? 0 : rank(left) - rank(right)));
  const roles = ordered.flatMap(({ roleArn }) => roleArn ?? []);
  return { groups: ordered.map(({ name }) => name), roles, ...(roles[0] && { preferredRole: roles[0] }) };
}

function objectAt(holder: JsonObject, name: string): JsonObject {
  const value: Json | undefined = holder[name];
  return isObject(value) ? value : {};
}

function textsAt(holder: JsonObject, name: string): string[] {
  const value: Json | undefined = holder[name];
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
