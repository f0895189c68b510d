import type { Call, Clock, Environment } from '../service.ts';
import type { Client, Pool } from './model.ts';
import type { PoolStore } from './pools/pool-store.ts';
import type { Secrets } from './secrets.ts';
import type { Attempts } from './sign-in/attempts.ts';
import type { Sessions } from './sign-in/sessions.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';
import type { SignInStore } from './tokens/sign-in-store.ts';
import type { Triggers } from './triggers.ts';
import type { Messages } from './users/messages.ts';
import type { RandomBytes } from './users/passwords.ts';
import type { UserStore } from './users/user-store.ts';

/** The parts of this service; a function takes those that it uses. */
export interface Cognito {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  newId(): string;
  readonly secrets: Secrets;
  readonly pools: PoolStore;
  readonly users: UserStore;
  readonly signIns: SignInStore;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly signingKeys: SigningKeys;
  readonly triggers: Triggers;
  readonly messages: Messages;
}

/** An app client with its pool, and what the app sent along. */
export interface App {
  readonly pool: Pool;
  readonly client: Client;
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** The app of a client id. Throws ResourceNotFoundException. */
export function appOf(
  { pools }: Pick<Cognito, 'pools'>,
  clientId: string,
  clientMetadata?: Readonly<Record<string, string>>,
): App {
  const client = pools.client(clientId);
  return { client, pool: pools.pool(client.poolId), ...(clientMetadata && { clientMetadata }) };
}

/** The pool of an administrator's call, once the caller may do `action` to it: whether it exists is told only then. */
export function authorizedPool(
  { pools, environment }: Pick<Cognito, 'pools' | 'environment'>,
  call: Call,
  action: string,
  poolId: string,
): Pool {
  call.authorize(`cognito-idp:${action}`, poolArn(environment, poolId));
  return pools.pool(poolId);
}

export function poolArn({ partition, region, accountId }: Environment, poolId: string): string {
  return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
}
