/**
 * Checks of what a person typed. Each answers a user error or null, so that a mutation gathers them all and answers
 * at once: `problems(checkText(…), checkEmail(…))`.
 */
import { type UserError, userError } from './user-error.ts';

type InvalidInput = UserError<'INVALID_INPUT'>;

export interface TextRange {
  readonly shortest: number;
  readonly longest: number;
}

/** A name as it is kept: without spaces around it, in one Unicode form. */
export function tidy(text: string): string {
  return text.trim().normalize('NFC');
}

/** An e-mail address as it is kept and compared. */
export function tidyEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Length is counted in characters as people see them, more or less: an emoji of one code point is one. */
export function checkText(field: string, text: string, { shortest, longest }: TextRange): InvalidInput | null {
  // Control characters and lone surrogates, which are no text and which not every store keeps.
  if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)) return invalidInput(field, 'has control characters, expected text');
  const length = text.length > longest * 8 ? text.length : [...text].length;
  if (length >= shortest && length <= longest) return null;
  return invalidInput(field, `has ${length} characters, expected ${shortest} to ${longest}`);
}

const emailPattern =
  /^[a-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** A plain address of at most 254 characters. Only sending to it shows whether it is real. */
export function checkEmail(field: string, email: string): InvalidInput | null {
  if (email.length <= 254 && emailPattern.test(email)) return null;
  return invalidInput(field, 'is not an e-mail address, expected name@example.com');
}

export function invalidInput(field: string, message: string): InvalidInput {
  return userError('INVALID_INPUT', field, `${field} ${message}`);
}

/** The errors among the answers of checks. */
export function problems<Code extends string>(...answers: readonly (UserError<Code> | null)[]): UserError<Code>[] {
  return answers.filter((answer) => answer !== null);
}
