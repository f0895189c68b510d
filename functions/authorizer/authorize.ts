import {
  FetchError,
  JwtBaseError,
  JwtExpiredError,
  JwtInvalidClaimError,
  JwtInvalidSignatureError,
} from 'aws-jwt-verify/error';
import { applicationPermissions, deniedFields } from '../../schema/permissions.ts';
import type { Registry, Standing } from './registry.ts';

/** Source: AWS AppSync developer guide, "AWS_LAMBDA authorization". */
export interface AuthorizerEvent {
  readonly authorizationToken: string;
  readonly requestContext?: { readonly requestId?: string };
}

/** `tokenExpiresAt`: seconds since the epoch; subscriptions outlast what was decided here, and end by it. */
type ContextField = 'tenantId' | 'tier' | 'role' | 'userId' | 'shardCount' | 'tokenExpiresAt';

export interface AuthorizerAnswer {
  readonly isAuthorized: boolean;
  /** What the resolvers know of the caller. Strings, as AppSync passes nothing else unchanged. */
  readonly resolverContext?: Readonly<Record<ContextField, string>>;
  readonly deniedFields?: readonly string[];
  /** Seconds for which AppSync keeps the answer for this token. */
  readonly ttlOverride: number;
}

/** The claims that are used of a verified access token. */
export interface AccessClaims {
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly tenantId?: unknown;
  readonly userId?: unknown;
}

interface Dependencies {
  /** Answers the claims of a token that this stack's pool issued, for its client, as an access token; rejects others. */
  verify(token: string): Promise<AccessClaims>;
  readonly registry: Registry;
  /** The tenant stack that this API belongs to. */
  readonly stack: string;
  now(): number;
  log(entry: Readonly<Record<string, unknown>>): void;
}

const longestCache = 60;
const denied: AuthorizerAnswer = { isAuthorized: false, ttlOverride: 0 };

/**
 * Admits a user whose token, registry entries and API belong together: the pool wrote the tenant into the token, the
 * registry knows the user as a member of that tenant now, and the tenant lives in this stack. Role and tier are the
 * registry's, not the token's, so that a change holds within a minute. A token that is none is denied; a fault of the
 * registry is thrown, which denies too and shows as the function's error.
 */
export function createAuthorizer({ verify, registry, stack, now, log }: Dependencies) {
  const deny = (reason: string, event: AuthorizerEvent) => {
    log({ level: 'INFO', message: 'denied', reason, requestId: event.requestContext?.requestId });
    return denied;
  };

  return async (event: AuthorizerEvent): Promise<AuthorizerAnswer> => {
    const claims = await readToken(event.authorizationToken, verify);
    if ('reason' in claims) return deny(claims.reason, event);
    if (typeof claims.tenantId !== 'string' || claims.tenantId === '') return deny('token without tenant', event);
    const standing = await registry.read(claims.tenantId, userIdOf(claims));
    if (!standing) return deny('no such tenant or member', event);
    const obstacle = obstacleOf(standing, stack);
    if (obstacle) return deny(obstacle, event);
    const { tenantId, tier, role, userId, shardCount } = standing;
    return {
      isAuthorized: true,
      resolverContext: {
        ...{ tenantId, tier, role, userId },
        shardCount: String(shardCount),
        tokenExpiresAt: String(claims.exp),
      },
      deniedFields: deniedFields(applicationPermissions, role, tier),
      ttlOverride: Math.max(0, Math.min(longestCache, Math.floor(claims.exp - now() / 1000))),
    };
  };
}

/** The registry's, which the pool put into the token; a token from before it did names the user by `sub`, which was the same then. */
function userIdOf({ userId, sub }: AccessClaims): string {
  return typeof userId === 'string' && userId !== '' ? userId : sub;
}

async function readToken(
  header: unknown,
  verify: Dependencies['verify'],
): Promise<AccessClaims | { readonly reason: string }> {
  if (typeof header !== 'string') return { reason: 'no token' };
  try {
    return await verify(header.replace(/^Bearer /i, ''));
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    return { reason };
  }
}

/** The cause without the error's message, which can quote the token; undefined for what is no fault of the token. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof FetchError) return undefined;
  if (error instanceof JwtExpiredError) return 'token has expired';
  if (error instanceof JwtInvalidSignatureError) return 'token has a wrong signature';
  if (error instanceof JwtInvalidClaimError) return 'token is of another issuer, client or use';
  return error instanceof JwtBaseError ? 'not a token of this pool' : undefined;
}

function obstacleOf(standing: Standing, stack: string): string | undefined {
  if (standing.tenantStatus !== 'ACTIVE') return `tenant is ${standing.tenantStatus}`;
  if (standing.stack !== stack) return `tenant lives in ${standing.stack}`;
  if (standing.userStatus !== 'ACTIVE' && standing.userStatus !== 'INVITED') return `user is ${standing.userStatus}`;
  return undefined;
}
