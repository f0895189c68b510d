import { FetchError, JwtBaseError } from 'aws-jwt-verify/error';
import type { AppSyncAuthorizerEvent, AppSyncAuthorizerResult } from 'aws-lambda';
import { controlPlanePermissions, deniedFields } from '../../schema/permissions.ts';
import type { OperatorIdentity } from '../layer/field-call.ts';
import { logger } from '../layer/telemetry.ts';

export interface Dependencies {
  /** Answers the claims of a valid access token of this plane's pool and client; throws aws-jwt-verify's errors. */
  readonly verify: (token: string) => Promise<AccessTokenClaims>;
  /** Whom Cognito knows by the token; undefined when it was revoked or its user disabled or removed. */
  readonly readUser: (token: string) => Promise<{ readonly email: string } | undefined>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface AccessTokenClaims {
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly 'cognito:groups'?: readonly string[];
}

type Authorization = AppSyncAuthorizerResult<OperatorIdentity & Record<string, string>>;

/**
 * Seconds that AppSync keeps an answer for one token at most. Short, because so long a disabled operator can still work; not zero,
 * because a console asks many things at once.
 */
const longestCache = 60;

/** The greatest first: who is in both groups has the greater role. */
const roleOfGroup = { SystemAdmin: 'SYSTEM_ADMIN', CustomerSupport: 'CUSTOMER_SUPPORT' } as const;

/** Denies whoever is no operator of today. Throws only for faults of ours, which AppSync takes for a denial too. */
export function authorizeOperator({ verify, readUser, now }: Dependencies) {
  return async ({ authorizationToken }: AppSyncAuthorizerEvent): Promise<Authorization> => {
    const token = withoutScheme(authorizationToken);
    const claims = await claimsOf(token, verify);
    const role = claims && roleOf(claims);
    if (!role) return deny(claims ? 'in neither group of operators' : 'no valid access token');
    const user = await readUser(token);
    if (!user) return deny('token revoked, or user disabled');
    return {
      isAuthorized: true,
      // Subscriptions outlast what is decided here, and end by the token's expiry.
      resolverContext: { role, userId: claims.sub, email: user.email, tokenExpiresAt: String(claims.exp) },
      deniedFields: deniedFields(controlPlanePermissions, role),
      ttlOverride: Math.max(0, Math.min(longestCache, Math.floor(claims.exp - now() / 1000))),
    };
  };
}

async function claimsOf(token: string, verify: Dependencies['verify']): Promise<AccessTokenClaims | undefined> {
  try {
    return await verify(token);
  } catch (error) {
    // The pool's keys could not be fetched: not the caller's fault, so it has to show as ours.
    if (error instanceof FetchError || !(error instanceof JwtBaseError)) throw error;
    return undefined;
  }
}

function roleOf(claims: AccessTokenClaims): OperatorIdentity['role'] | undefined {
  const groups = claims['cognito:groups'] ?? [];
  return Object.entries(roleOfGroup).find(([group]) => groups.includes(group))?.[1];
}

/** Clients send the bare token or, as HTTP has it, `Bearer <token>`. */
function withoutScheme(authorization: unknown): string {
  return typeof authorization === 'string' ? authorization.replace(/^Bearer +/i, '').trim() : '';
}

function deny(reason: string): Authorization {
  logger.info('Denied', { reason });
  return { isAuthorized: false, ttlOverride: 0 };
}
