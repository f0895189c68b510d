import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { defaultStorage, sharedInMemoryStorage } from 'aws-amplify/utils';
import type { UserPool } from '../config.ts';

/** Amplify knows one pool at a time: this one from here on. */
export function choosePool({ userPoolId, userPoolClientId, userPoolEndpoint }: UserPool): void {
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, ...(userPoolEndpoint && { userPoolEndpoint }) } },
  });
}

let visit: Promise<unknown> = Promise.resolve();

/** Waits while a guest signs in elsewhere, since the tokens would be the guest's. */
export async function untilBack(): Promise<void> {
  await visit.catch(() => undefined);
}

export interface GuestOptions {
  readonly other: UserPool;
  readonly back: UserPool;
  readonly username: string;
  readonly password: string;
}

export interface GuestTokens {
  /** The access token. */
  readonly token: string;
  /** As the token says. */
  readonly role: string;
}

/** Signs a person of another pool in, one at a time, with nothing kept in the browser. */
export async function signInGuest(options: GuestOptions): Promise<GuestTokens> {
  const next = untilBack().then(() => visitPool(options));
  visit = next;
  return await next;
}

async function visitPool({ other, back, username, password }: GuestOptions): Promise<GuestTokens> {
  choosePool(other);
  // After the pool, whose choice makes the browser's storage that of tokens again.
  cognitoUserPoolsTokenProvider.setKeyValueStorage(sharedInMemoryStorage);
  try {
    const { isSignedIn, nextStep } = await signIn({ username, password, options: { authFlowType: 'USER_SRP_AUTH' } });
    if (!isSignedIn) throw new Error(`this person must first finish signing in to their app (${nextStep.signInStep})`);
    const access = (await fetchAuthSession()).tokens?.accessToken;
    if (!access) throw new Error('the pool answered no token');
    return { token: access.toString(), role: String(access.payload['role']) };
  } finally {
    await sharedInMemoryStorage.clear();
    choosePool(back);
    cognitoUserPoolsTokenProvider.setKeyValueStorage(defaultStorage);
  }
}
