import {
  confirmResetPassword,
  confirmSignIn,
  fetchAuthSession,
  fetchMFAPreference,
  resetPassword,
  setUpTOTP,
  signIn,
  type SignInOutput,
  signOut,
  updateMFAPreference,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import type { UserPool } from '../config.ts';
import type { Authorize, Renew } from '../graphql/document.ts';
import { AccessRefusedError, SignedOutError } from '../graphql/errors.ts';
import { choosePool, type GuestTokens, signInGuest, untilBack } from './pool.ts';
import { type SignInStep, toSignInError } from './steps.ts';

/** Who is signed in, as the pool's tokens say. */
export interface SignedInPerson {
  readonly id: string;
  readonly email: string;
  /** Of the pool; what a person may do is decided by the API. */
  readonly groups: readonly string[];
}

/** Who signs in where: one user pool, by SRP, so that no password leaves the browser. Every method throws SignInError. */
export interface Session {
  readonly pool: UserPool;
  /** Whether someone is signed in, from what the browser kept. */
  isSignedIn(): Promise<boolean>;
  /** From the tokens that the browser kept. Throws SignedOutError. */
  person(): Promise<SignedInPerson>;
  signIn(email: string, password: string): Promise<SignInStep>;
  /** Answers the step before: the new password, or the code. */
  answer(response: string): Promise<SignInStep>;
  /** Sends a code by mail; where to. */
  forgotPassword(email: string): Promise<string | undefined>;
  choosePassword(email: string, code: string, password: string): Promise<void>;
  /** For someone who is signed in: what to enter in an authenticator app, then the code that it shows. */
  beginTotp(email: string): Promise<{ readonly secret: string; readonly uri: string }>;
  confirmTotp(code: string): Promise<void>;
  /** Whether a code of an authenticator app is asked for at the sign-in. */
  usesTotp(): Promise<boolean>;
  endTotp(): Promise<void>;
  /** Signs a person of another pool in, with nothing kept; whoever is signed in here stays so. */
  guest(other: UserPool, email: string, password: string): Promise<GuestTokens>;
  /** Forgets the tokens here, and revokes them at the pool where it can be reached. */
  signOut(): Promise<void>;
  /** The authorization of API requests: a fresh access token. Throws SignedOutError. */
  readonly authorize: Authorize;
  /** Fresh tokens for one that was denied; the pool says why it gives none. */
  readonly renew: Renew;
}

/** Issuer as authenticator apps show it. */
const issuer = 'Cotenant';

/** The session of a pool. There is one at a time: Amplify is configured for this pool from here on. */
export function openSession(pool: UserPool): Session {
  choosePool(pool);
  let email = '';
  const stepOf = ({ nextStep, isSignedIn }: SignInOutput): SignInStep => {
    if (isSignedIn) return { kind: 'done' };
    switch (nextStep.signInStep) {
      case 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED':
        return { kind: 'new-password' };
      case 'CONFIRM_SIGN_IN_WITH_TOTP_CODE':
        return { kind: 'code' };
      case 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP': {
        const { sharedSecret, getSetupUri } = nextStep.totpSetupDetails;
        return { kind: 'set-up-code', secret: sharedSecret, uri: getSetupUri(issuer, email).href };
      }
      case 'RESET_PASSWORD':
        return { kind: 'reset-password' };
      default:
        throw new Error(`Cognito asks for ${nextStep.signInStep}, which this app does not know`);
    }
  };
  const tokensOf = async () => {
    await untilBack();
    return (await fetchAuthSession()).tokens;
  };
  const accessToken = async (): Promise<string | undefined> => (await tokensOf())?.accessToken.toString();

  return {
    pool,
    isSignedIn: () => explained(async () => (await accessToken()) !== undefined),
    person: async () => {
      const { accessToken: access, idToken } = (await tokensOf()) ?? {};
      if (!access) throw signedOut();
      const groups = access.payload['cognito:groups'];
      const address = idToken?.payload['email'];
      return {
        id: access.payload.sub ?? '',
        email: typeof address === 'string' ? address : '',
        groups: Array.isArray(groups) ? groups.map(String) : [],
      };
    },
    signIn: (username, password) =>
      explained(async () => {
        email = username;
        // Someone else's tokens may be there still.
        if ((await accessToken()) !== undefined) await signOut();
        return stepOf(await signIn({ username, password, options: { authFlowType: 'USER_SRP_AUTH' } }));
      }),
    answer: (challengeResponse) => explained(async () => stepOf(await confirmSignIn({ challengeResponse }))),
    forgotPassword: (username) =>
      explained(async () => (await resetPassword({ username })).nextStep.codeDeliveryDetails.destination),
    choosePassword: (username, confirmationCode, newPassword) =>
      explained(() => confirmResetPassword({ username, confirmationCode, newPassword })),
    beginTotp: (username) =>
      explained(async () => {
        const { sharedSecret, getSetupUri } = await setUpTOTP();
        return { secret: sharedSecret, uri: getSetupUri(issuer, username).href };
      }),
    confirmTotp: (code) =>
      explained(async () => {
        await verifyTOTPSetup({ code });
        await updateMFAPreference({ totp: 'PREFERRED' });
      }),
    usesTotp: () => explained(async () => (await fetchMFAPreference()).enabled?.includes('TOTP') ?? false),
    endTotp: () => explained(() => updateMFAPreference({ totp: 'DISABLED' })),
    guest: (other, username, password) => explained(() => signInGuest({ other, back: pool, username, password })),
    signOut: () => explained(() => signOut()),
    authorize: async () => {
      const token = await accessToken().catch((error: unknown) => {
        throw refusalOf(error) ?? error;
      });
      if (token === undefined) throw signedOut();
      return { authorization: token };
    },
    renew: async (denied) => {
      await untilBack();
      const { tokens } = await fetchAuthSession({ forceRefresh: true }).catch((error: unknown) => {
        throw refusalOf(error, denied.requestId) ?? error;
      });
      if (!tokens) throw denied;
    },
  };
}

const signedOut = (): SignedOutError => new SignedOutError('Your session has ended', 'SignedOut', undefined);

/** What the pool's trigger says to a person who gets no token; undefined for any other error. Amplify keeps the tokens that are there. */
function refusalOf(error: unknown, requestId?: string): AccessRefusedError | undefined {
  const { code, message } = toSignInError(error);
  return code === 'UserLambdaValidationException' ? new AccessRefusedError(message, requestId) : undefined;
}

async function explained<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw toSignInError(error);
  }
}
