/** The documents that this service keeps. Times are milliseconds since the epoch. */
import type { ClientSettings } from './pools/client-settings.ts';
import type { PoolSettings } from './pools/pool-settings.ts';

export interface Pool {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly settings: PoolSettings;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Client {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  readonly secret?: string;
  readonly settings: ClientSettings;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Group {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly roleArn?: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** All that is kept of a password; both in hex. */
export interface PasswordVerifier {
  readonly salt: string;
  readonly verifier: string;
}

export type CodePurpose = 'sign-up' | 'forgot-password' | 'email';

export interface PendingCode {
  /** Keyed: six digits alone could be guessed from a plain hash. */
  readonly hash: string;
  readonly expiresAt: number;
  /** The value that the attribute takes once the code is confirmed. */
  readonly newValue?: string;
}

export interface User {
  readonly poolId: string;
  readonly sub: string;
  readonly username: string;
  /** The order of lists: the store gives it. */
  readonly sequence: number;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly password?: PasswordVerifier;
  readonly previousPasswords?: readonly PasswordVerifier[];
  /** When the temporary password was set. */
  readonly temporarySince?: number;
  readonly codes: Readonly<Partial<Record<CodePurpose, PendingCode>>>;
  /** Base32. */
  readonly totpSecret?: string;
  readonly pendingTotpSecret?: string;
  /** The last time step whose code was accepted: a code serves once. */
  readonly totpStep?: number;
  readonly totpEnabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One sign-in and the tokens that descend from it, until it expires or is revoked. Its id is their `origin_jti`. */
export interface SignIn {
  readonly id: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly sub: string;
  readonly authenticatedAt: number;
  readonly refreshHash: string;
  readonly refreshExpiresAt: number;
  /** With rotation, the token before this one may be used until then. */
  readonly previous?: { readonly refreshHash: string; readonly expiresAt: number };
  /** When the last of its tokens is over. */
  readonly expiresAt: number;
  /** Kept until then, so that its refresh token is told from one that never was. */
  readonly isRevoked?: true;
}
