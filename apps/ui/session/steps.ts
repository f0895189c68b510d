/** What is asked of a person on the way in. */
export type SignInStep =
  | { readonly kind: 'done' }
  /** The password was a temporary one: choose another. */
  | { readonly kind: 'new-password' }
  /** A code of the authenticator app. */
  | { readonly kind: 'code' }
  /** The pool wants a second factor: enter `secret` in an authenticator app, then its code. */
  | { readonly kind: 'set-up-code'; readonly secret: string; readonly uri: string }
  /** An administrator has reset the password: ask for a code by mail. */
  | { readonly kind: 'reset-password' };

/** What went wrong, in words for the person; `code` is Cognito's exception. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

const words: Readonly<Record<string, string>> = {
  NotAuthorizedException: 'This e-mail address and password do not go together. Check both and try again.',
  UserNotFoundException: 'This e-mail address and password do not go together. Check both and try again.',
  CodeMismatchException: 'This code is not right. Use the newest one.',
  EnableSoftwareTokenMFAException: 'This code is not right. Use the one that your app shows now.',
  ExpiredCodeException: 'This code is too old. Ask for another.',
  LimitExceededException: 'Too many attempts. Wait a few minutes, then try again.',
  TooManyRequestsException: 'Too many attempts. Wait a moment, then try again.',
  TooManyFailedAttemptsException: 'Too many attempts. Wait a few minutes, then try again.',
  PasswordResetRequiredException: 'Your password was reset. Choose “Forgot your password?” to set another.',
  NetworkError: 'The sign-in service could not be reached. Check your connection and try again.',
};

const disabled = 'This account is disabled. Ask an administrator to enable it.';

/** Cognito says why itself where a password is too weak, or a trigger refuses. */
const saysWhy = new Set(['InvalidPasswordException', 'InvalidParameterException', 'UserLambdaValidationException']);

export function toSignInError(error: unknown): SignInError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'NotAuthorizedException' && /disabled/i.test(message)) return new SignInError(name, disabled);
  if (name === 'NotAuthorizedException' && /expired/i.test(message)) return new SignInError(name, message);
  if (saysWhy.has(name)) return new SignInError(name, message.replace(/^.*failed with error /, ''));
  return new SignInError(name, words[name] ?? `Sign-in failed: ${message}`);
}
